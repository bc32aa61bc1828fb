import fc from "fast-check";
import { readSlices } from "./jobs.ts";
import type { Lane, Loaded, Wanted } from "./pager.ts";
import { write } from "./writer.ts";

type Entry = { offset: bigint; time: bigint };
type Kind = "plain" | "aborted" | "committed" | "marker";
type LogBatch = { first: bigint; last: bigint; bytes: Buffer; kind: Kind; entries: Entry[] };
export type Log = {
  start: bigint;
  end: bigint;
  /** The last stable offset, where a batch begins. */
  stable: bigint;
  batches: LogBatch[];
  aborted: { producerId: bigint; firstOffset: bigint }[];
};
export type Shown = { aborted: boolean; control: boolean };

/** A log of batches with compacted gaps, aborted transactions with their markers, and a start inside a batch. */
export const log: fc.Arbitrary<Log> = fc
  .record({
    batches: fc.array(
      fc.record({
        gap: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(400) }),
        steps: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 12 }),
        kind: fc.constantFrom("plain", "plain", "plain", "aborted", "committed"),
        codec: fc.constantFrom("none", "zstd", "lz4"),
        times: fc.array(fc.nat(50), { minLength: 12, maxLength: 12 }),
        size: fc.nat(300),
      }),
      { maxLength: 25 },
    ),
    tail: fc.nat(30),
    cut: fc.nat(100),
    open: fc.option(fc.nat(25)),
  })
  .map(({ batches, tail, cut, open }) => {
    const made: LogBatch[] = [];
    const aborted: Log["aborted"] = [];
    let at = 0n;
    for (const [index, { gap, steps, kind, codec, times, size }] of batches.entries()) {
      const first = at + BigInt(gap);
      const producer = { id: BigInt(index), epoch: 0, sequence: 0 };
      let delta = -1;
      const records = steps.map((step, place) => {
        delta += step;
        const value = Buffer.from("x".repeat(size));
        return {
          offsetDelta: delta,
          timestamp: BigInt(index * 10 + (times[place] ?? 0)),
          key: null,
          value,
          headers: [],
        };
      });
      const entries = records.map(({ offsetDelta, timestamp }) => ({
        offset: first + BigInt(offsetDelta),
        time: timestamp,
      }));
      const last = first + BigInt(delta);
      const transactional = kind !== "plain";
      made.push({
        first,
        last,
        bytes: write({
          records,
          codec: codec as "none",
          baseOffset: first,
          transactional,
          ...(transactional ? { producer } : {}),
        }),
        kind: kind as Kind,
        entries,
      });
      at = last + 1n;
      if (!transactional) continue;
      if (kind === "aborted") aborted.push({ producerId: producer.id, firstOffset: first });
      const marker = {
        timestamp: 0n,
        key: Buffer.from([0, 0, 0, kind === "aborted" ? 0 : 1]),
        value: Buffer.alloc(6),
        headers: [],
      };
      const bytes = write({ records: [marker], baseOffset: at, transactional: true, control: true, producer });
      made.push({ first: at, last: at, bytes, kind: "marker", entries: [{ offset: at, time: 0n }] });
      at += 1n;
    }
    const end = at + BigInt(tail);
    const stable = open === null ? end : (made[open]?.first ?? end);
    return { start: (end * BigInt(cut)) / 400n, end, stable, batches: made, aborted };
  });

const decode = { keyFormat: null, valueFormat: null, protobuf: null };
const COMMITTED: Shown = { aborted: false, control: false };

/** Partitions of two topics in turn, as a query over both has them. */
export const homeOf = (index: number) => ({ topic: index % 2 === 0 ? "a" : "b", partition: index >> 1, index });
/** The topics of those, as a cursor takes them. */
export const topics = [
  { name: "a", id: "1" },
  { name: "b", id: null },
];

/** What a broker answers: whole batches from the one that holds `from`, the first of the answer whatever its size. */
export function broker(logs: Log[], answerBytes: number, shown = COMMITTED) {
  return async (wanted: Wanted[]) => {
    let room = answerBytes;
    let sent = 0;
    const loaded = new Map<Lane, Loaded>();
    for (const { lane, from, to, order, want } of wanted) {
      const source = logs[lane.index] as Log;
      if (from < source.start) {
        loaded.set(lane, { kind: "moved", start: source.start });
        continue;
      }
      const decided = from < lane.stable;
      const bytes: Buffer[] = [];
      let left = Math.min(room, lane.maxBytes / 300); // laptop-sized batches against answers of some hundred bytes
      for (const batch of source.batches.filter(({ last }) => last >= from && (!decided || last < lane.stable))) {
        if (batch.bytes.length > left && sent > 0) break;
        bytes.push(batch.bytes);
        left -= batch.bytes.length;
        sent += batch.bytes.length;
      }
      const all = new Uint8Array(Buffer.concat(bytes));
      room -= all.length;
      if (all.length === 0) {
        loaded.set(lane, { kind: sent > 0 ? "starved" : "empty" });
        continue;
      }
      const { topic, partition } = lane;
      const slice = { topic, partition, bytes: all, from, to, order, want, aborted: decided ? source.aborted : null };
      const [result] = readSlices(
        { slices: [slice], shown, decode, limits: { payload: 10, batch: 1 << 20, result: 3000 }, explain: false },
        () => false,
      );
      if (result) loaded.set(lane, { kind: "slice", result });
    }
    return loaded;
  };
}

/** What a page shows of a log, in its order: not what is below its start, hidden markers, aborted or undecided. */
export function visible({ start, end, stable, batches, aborted }: Log, shown: Shown) {
  const isAborted = ({ first }: LogBatch) => aborted.some(({ firstOffset }) => firstOffset === first);
  let ending: string | null = null;
  return batches.flatMap((batch) => {
    if (batch.kind === "aborted" || batch.kind === "committed") ending = isAborted(batch) ? "aborted" : "committed";
    const state =
      batch.kind === "plain" ? null : batch.kind === "marker" || batch.first < stable ? ending : "undecided";
    const isHidden = batch.kind === "marker" ? !shown.control : state === "aborted" && !shown.aborted;
    if (isHidden || (!shown.aborted && batch.first >= stable)) return [];
    return batch.entries
      .filter(({ offset }) => offset >= start && offset < end)
      .map((entry) => ({ ...entry, transaction: state }));
  });
}
