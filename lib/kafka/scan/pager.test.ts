import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeProblem } from "../../api/problem.ts";
import { larger } from "./bytes.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { FoundMessage } from "./found.ts";
import { isDone, makeLane, positionOf, readPage } from "./pager.ts";
import { broker, homeOf, type Log, log, type Shown, topics, visible } from "./testing-logs.ts";
import { write } from "./writer.ts";

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

test("a page whose budget is spent before every partition has told its newest record goes on until it has something new", async () => {
  const logs = [0, 1, 2, 3].map((partition): Log => {
    const batches = Array.from({ length: 8 }, (_, at) => {
      const offset = BigInt(at);
      const record = { timestamp: BigInt(at * 4 + partition), key: null, value: Buffer.alloc(400), headers: [] };
      const bytes = write({ baseOffset: offset, records: [record] });
      return {
        first: offset,
        last: offset,
        bytes,
        kind: "plain" as const,
        entries: [{ offset, time: record.timestamp }],
      };
    });
    return { start: 0n, end: 8n, stable: 8n, batches, aborted: [] };
  });
  const load = broker(logs, 1);
  const sizes: number[] = [];
  const lanes = logs.map((_, index) => laneOf(index, 8n));
  for (let pages = 0; pages < 40 && lanes.some((lane) => !isDone(lane, "older")); pages++) {
    const spent = () => true;
    const page = await readPage({
      direction: "older",
      limit: 50,
      lanes,
      load,
      spent,
      stuck: () => makeProblem("record-undecodable"),
    });
    for (const lane of lanes) Object.assign(lane, { position: positionOf(lane, "older"), queue: [] });
    sizes.push(page.messages.length);
  }
  expect(sizes.every((size) => size > 0)).toBe(true);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(32);
});

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
