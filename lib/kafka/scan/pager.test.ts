import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeProblem } from "../../api/problem.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { readSlices } from "./jobs.ts";
import { isDone, type Lane, type Loaded, makeLane, positionOf, readPage, type Wanted } from "./pager.ts";
import { write } from "./writer.ts";

type Entry = { offset: bigint; time: bigint };
type LogBatch = { first: bigint; last: bigint; bytes: Buffer; aborted: boolean; control: boolean; shown: Entry[] };
type Log = { start: bigint; end: bigint; batches: LogBatch[]; aborted: { producerId: bigint; firstOffset: bigint }[] };

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
  })
  .map(({ batches, tail, cut }) => {
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
      const shown = records.map(({ offsetDelta, timestamp }) => ({
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
        aborted: kind === "aborted",
        control: false,
        shown: kind === "aborted" ? [] : shown,
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
      made.push({ first: at, last: at, bytes, aborted: false, control: true, shown: [] });
      at += 1n;
    }
    const end = at + BigInt(tail);
    return { start: (end * BigInt(cut)) / 400n, end, batches: made, aborted };
  });

/** What a broker answers: whole batches from the one that holds `from`, the first of the answer whatever its size. */
function broker(logs: Log[], answerBytes: number) {
  return async (wanted: Wanted[]) => {
    let room = answerBytes;
    let sent = 0;
    const loaded = new Map<Lane, Loaded>();
    for (const { lane, from, to, order, want } of wanted) {
      const source = logs[lane.partition] as Log;
      const bytes: Buffer[] = [];
      let left = Math.min(room, lane.maxBytes / 300); // laptop-sized batches against answers of some hundred bytes
      for (const batch of source.batches.filter(({ last }) => last >= from)) {
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
      const slice = { partition: lane.partition, bytes: all, from, to, order, want, aborted: source.aborted };
      const [result] = readSlices(
        { slices: [slice], limits: { payload: 10, batch: 1 << 20, result: 3000 }, explain: false },
        () => false,
      );
      if (result) loaded.set(lane, { kind: "slice", result });
    }
    return loaded;
  };
}

/** Reads page after page by cursor alone, as separate processes would. */
async function readAll(logs: Log[], direction: "older" | "newer", limit: number, answerBytes: number) {
  const pages: { partition: number; offset: string; timestamp: string | null }[][] = [];
  let cursor: string | null = null;
  for (let loads = 0; ; ) {
    const positions: Map<number, bigint> | null = cursor === null ? null : decodeCursor(cursor, "t", null).positions;
    const lanes = logs.flatMap(({ start, end }, partition) =>
      positions && !positions.has(partition)
        ? []
        : [makeLane(partition, start, end, positions?.get(partition) ?? (direction === "older" ? end : start))],
    );
    const load = broker(logs, answerBytes);
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
    pages.push(page.messages);
    const open = lanes.filter((lane) => lane.queue.length > 0 || !isDone(lane, direction));
    if (open.length === 0) return pages;
    const left = new Map(open.map((lane) => [lane.partition, positionOf(lane, direction)]));
    cursor = encodeCursor({ direction, isolation: "read_committed", positions: left }, "t", null);
  }
}

/** The same order, made by looking at everything at once. */
function model(logs: Log[], direction: "older" | "newer") {
  const sign = direction === "older" ? -1 : 1;
  const queues = logs.map(({ start, end, batches }, partition) => {
    const shown = batches.flatMap((batch) => batch.shown).filter(({ offset }) => offset >= start && offset < end);
    return (direction === "older" ? shown.reverse() : shown).map((entry) => ({ partition, ...entry }));
  });
  const all: { partition: number; offset: bigint }[] = [];
  for (;;) {
    const heads = queues.flatMap((queue) => (queue[0] ? [queue[0]] : []));
    const best = heads.reduce<(typeof heads)[number] | null>(
      (found, head) => (found === null || Number(head.time - found.time) * sign < 0 ? head : found),
      null,
    );
    if (!best) return all;
    all.push(best);
    queues[best.partition]?.shift();
  }
}

describe.each(["older", "newer"] as const)("%s", (direction) => {
  test("pages show each record once, by time over the partitions, whatever was compacted, aborted or cut by a fetch", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(log, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 8000 }),
        async (logs, limit, bytes) => {
          const pages = await readAll(logs, direction, limit, bytes);
          expect(pages.flat().map(({ partition, offset }) => `${partition}:${offset}`)).toEqual(
            model(logs, direction).map(({ partition, offset }) => `${partition}:${offset}`),
          );
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});

test("a million compacted offsets are passed in a few loads", async () => {
  const record = { timestamp: 1n, key: null, value: null, headers: [] };
  const batch = {
    first: 5n,
    last: 5n,
    bytes: write({ baseOffset: 5n, records: [record] }),
    aborted: false,
    control: false,
    shown: [{ offset: 5n, time: 1n }],
  };
  let loads = 0;
  const load = broker([{ start: 0n, end: 1_000_000n, batches: [batch], aborted: [] }], 100_000);
  const page = await readPage({
    direction: "older",
    limit: 50,
    lanes: [makeLane(0, 0n, 1_000_000n, 1_000_000n)],
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
  const batch = { first: 0n, last: 0n, bytes: write({ records: [record] }), aborted: false, control: false, shown: [] };
  const load = broker([{ start: 0n, end: 1n, batches: [batch], aborted: [] }], 1000);
  const lanes = [makeLane(0, 0n, 1n, 1n), makeLane(1, 0n, 9n, 9n)];
  const page = await readPage({
    direction: "older",
    limit: 50,
    lanes,
    load: async (wanted) => {
      const loaded = await load(wanted.filter(({ lane }) => lane.partition === 0));
      for (const { lane } of wanted)
        if (lane.partition === 1) loaded.set(lane, { kind: "failed", problem: makeProblem("broker-timeout") });
      return loaded;
    },
    spent: () => false,
    stuck: () => makeProblem("record-undecodable"),
  });
  expect(page).toMatchObject({ reason: "end", messages: [{ partition: 0, offset: "0" }] });
  expect(lanes[1]).toMatchObject({ position: 9n, problem: { code: "broker-timeout" } });
});
