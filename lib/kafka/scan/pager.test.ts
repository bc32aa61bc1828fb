import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeProblem } from "../../api/problem.ts";
import { larger } from "./bytes.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { FoundMessage } from "./found.ts";
import { readSlices } from "./jobs.ts";
import { isDone, type Lane, type Loaded, makeLane, positionOf, readPage, type Wanted } from "./pager.ts";
import { write } from "./writer.ts";

type Entry = { offset: bigint; time: bigint };
type Kind = "plain" | "aborted" | "committed" | "marker";
type LogBatch = { first: bigint; last: bigint; bytes: Buffer; kind: Kind; entries: Entry[] };
type Log = {
  start: bigint;
  end: bigint;
  /** The last stable offset, where a batch begins. */
  stable: bigint;
  batches: LogBatch[];
  aborted: { producerId: bigint; firstOffset: bigint }[];
};
type Shown = { aborted: boolean; control: boolean };

/** A log of batches with compacted gaps, aborted transactions with their markers, and a start inside a batch. */
const log: fc.Arbitrary<Log> = fc
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
const homeOf = (index: number) => ({ topic: index % 2 === 0 ? "a" : "b", partition: index >> 1, index });
const topics = [
  { name: "a", id: "1" },
  { name: "b", id: null },
];

/** What a broker answers: whole batches from the one that holds `from`, the first of the answer whatever its size. */
function broker(logs: Log[], answerBytes: number, shown = COMMITTED) {
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

type Asked = { direction: "older" | "newer"; limit: number; answerBytes: number; shown: Shown; bounded: boolean };
type Row = Pick<FoundMessage, "topic" | "partition" | "offset" | "transaction">;

/** Reads page after page by cursor alone, as separate processes would. `between` is called after each page. */
async function readAll(logs: Log[], asked: Asked, between = () => {}) {
  const { direction, limit, answerBytes, shown, bounded } = asked;
  const older = direction === "older";
  const rows: Row[] = [];
  let cursor: string | null = null;
  for (let loads = 0; ; between()) {
    const continued = cursor === null ? null : decodeCursor(cursor, topics).places;
    const lanes = logs.flatMap(({ start, end: last, stable }, index) => {
      const home = homeOf(index);
      const own = continued?.find(({ topic, partition }) => topic === home.topic && partition === home.partition);
      if (continued && !own) return [];
      const end = shown.aborted ? last : stable;
      const edge = older ? start : end;
      const bound = own ? own.bound : bounded ? edge : null;
      const position = own?.position ?? (older ? end : start);
      return [
        makeLane({
          ...home,
          start: older && bound !== null ? larger(bound, start) : start,
          end: older ? end : (bound ?? end),
          position,
          bound,
          stable,
        }),
      ];
    });
    const load = broker(logs, answerBytes, shown);
    const page = await readPage({
      direction,
      limit,
      lanes,
      load: (wanted) => {
        if (++loads > 5000) throw new Error("The pager does not come to an end.");
        return load(wanted);
      },
      spent: () => loads % 25 === 24 && loads++ > 0,
      stuck: (lane, reason) => makeProblem("record-undecodable", `${lane.partition}: ${reason}`),
    });
    expect(lanes.map(({ problem }) => problem)).toEqual(lanes.map(() => null));
    rows.push(...page.messages);
    const open = lanes.filter((lane) => lane.queue.length > 0 || !isDone(lane, direction));
    if (open.length === 0) return rows;
    const places = open.map((lane) => ({ ...lane, position: positionOf(lane, direction) }));
    cursor = encodeCursor({ direction, isolation: "read_committed", places }, topics);
  }
}

const textOf = ({ topic, partition, offset, transaction }: Row) => `${topic}/${partition}:${offset} ${transaction}`;

/** The same order, made by looking at everything at once. */
function model(logs: Log[], { direction, shown }: Pick<Asked, "direction" | "shown">): string[] {
  const sign = direction === "older" ? -1 : 1;
  const queues = logs.map((log, index) => {
    const rows = visible(log, shown).map((row) => ({ ...homeOf(index), ...row }));
    return direction === "older" ? rows.reverse() : rows;
  });
  const all: string[] = [];
  for (;;) {
    const heads = queues.flatMap((queue) => (queue[0] ? [queue[0]] : []));
    const best = heads.reduce<(typeof heads)[number] | null>(
      (found, head) => (found === null || Number(head.time - found.time) * sign < 0 ? head : found),
      null,
    );
    if (!best) return all;
    all.push(`${best.topic}/${best.partition}:${best.offset} ${best.transaction}`);
    queues[best.index]?.shift();
  }
}

function visible({ start, end, stable, batches, aborted }: Log, shown: Shown) {
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

const logsOf = fc.array(log, { minLength: 1, maxLength: 4 });

const asked = (direction: "older" | "newer"): fc.Arbitrary<Asked> =>
  fc.record({
    direction: fc.constant(direction),
    limit: fc.integer({ min: 1, max: 40 }),
    answerBytes: fc.integer({ min: 1, max: 8000 }),
    shown: fc.record({ aborted: fc.boolean(), control: fc.boolean() }),
    bounded: fc.boolean(),
  });

describe.each(["older", "newer"] as const)("%s", (direction) => {
  test("pages show each record once, by time over the partitions of several topics, whatever was compacted, aborted, undecided or cut by a fetch", async () => {
    await fc.assert(
      fc.asyncProperty(logsOf, asked(direction), async (logs, wish) => {
        const rows = await readAll(logs, wish);
        expect(rows.map(textOf)).toEqual(model(logs, wish));
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  test("a log start that moves while pages are read takes away what is below it, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(logsOf, asked(direction), fc.nat(60), async (logs, wish, step) => {
        const before = model(logs, wish);
        const rows = await readAll(logs, wish, () => {
          for (const one of logs) one.start = one.start + BigInt(step) < one.end ? one.start + BigInt(step) : one.end;
        });
        const seen = rows.map(textOf);
        expect(new Set(seen).size).toBe(seen.length);
        expect(before).toEqual(expect.arrayContaining(seen));
        expect(seen).toEqual(expect.arrayContaining(model(logs, wish)));
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

const laneOf = (index: number, end: bigint) =>
  makeLane({ ...homeOf(index), start: 0n, end, position: end, bound: null, stable: end });

test("a million compacted offsets are passed in a few loads", async () => {
  const record = { timestamp: 1n, key: null, value: null, headers: [] };
  const batch = {
    first: 5n,
    last: 5n,
    bytes: write({ baseOffset: 5n, records: [record] }),
    kind: "plain" as const,
    entries: [{ offset: 5n, time: 1n }],
  };
  let loads = 0;
  const load = broker([{ start: 0n, end: 1_000_000n, stable: 1_000_000n, batches: [batch], aborted: [] }], 100_000);
  const page = await readPage({
    direction: "older",
    limit: 50,
    lanes: [laneOf(0, 1_000_000n)],
    load: (wanted) => {
      loads++;
      return load(wanted);
    },
    spent: () => false,
    stuck: () => makeProblem("record-undecodable"),
  });
  expect([page.reason, page.messages.length]).toEqual(["end", 1]);
  expect(loads).toBeLessThan(30);
});

test("a partition that fails is left out of the page and keeps its place; the others are shown", async () => {
  const record = { timestamp: 1n, key: null, value: null, headers: [] };
  const batch = { first: 0n, last: 0n, bytes: write({ records: [record] }), kind: "plain" as const, entries: [] };
  const load = broker([{ start: 0n, end: 1n, stable: 1n, batches: [batch], aborted: [] }], 1000);
  const lanes = [laneOf(0, 1n), laneOf(1, 9n)];
  const page = await readPage({
    direction: "older",
    limit: 50,
    lanes,
    load: async (wanted) => {
      const loaded = await load(wanted.filter(({ lane }) => lane.index === 0));
      for (const { lane } of wanted)
        if (lane.index === 1) loaded.set(lane, { kind: "failed", problem: makeProblem("broker-timeout") });
      return loaded;
    },
    spent: () => false,
    stuck: () => makeProblem("record-undecodable"),
  });
  expect(page).toMatchObject({ reason: "end", messages: [{ topic: "a", partition: 0, offset: "0" }] });
  expect(lanes[1]).toMatchObject({ position: 9n, problem: { code: "broker-timeout" } });
});
