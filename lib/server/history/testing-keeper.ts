import { afterEach, beforeEach } from "vitest";
import { closeKeeper, keptOf, record, turn } from "./keeper.ts";
import { type Keeper, openKeeper } from "./keeper-file.ts";
import { groupLag } from "./questions.ts";
import type { GroupLagQuestion } from "./source.ts";
import { madeSample, optionsFor, scratch } from "./testing.ts";

export const EVERY = 10_000;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const START = Date.parse("2026-11-22T08:00:00Z");

/** A file of its own for each test, and keepers of it that are closed behind the test. */
export function keepers() {
  let place = scratch();
  let open: Keeper[] = [];
  beforeEach(() => {
    place = scratch();
  });
  afterEach(async () => {
    for (const keeper of open) await closeKeeper(keeper).catch(() => {});
    open = [];
    place.remove();
  });
  return {
    place: () => place,
    keeperOf: (more: Parameters<typeof optionsFor>[1] = {}, now = START) => {
      const keeper = openKeeper(optionsFor(place.file, more), now);
      open.push(keeper);
      return keeper;
    },
    close: async (keeper: Keeper) => {
      open = open.filter((one) => one !== keeper);
      await closeKeeper(keeper);
    },
  };
}

/** 100 records a second are written to a partition, 50 to the other; the group reads 90 and 50. It is 1,000 behind at the start. */
export const sampleAt = (at: number) => {
  const seconds = BigInt(Math.round((at - START) / 1000));
  const ends = { "orders/0": 1_000n + 100n * seconds, "orders/1": (1n << 60n) + 50n * seconds };
  const commits = { "orders/0": 90n * seconds, "orders/1": (1n << 60n) + 50n * seconds };
  return madeSample(at, ends, [{ groupId: "billing", members: 2, commits, memberTopics: ["orders"] }]);
};

/** Samples every ten seconds, as long as this keeper leads; what the last said. */
export async function run(keeper: Keeper, from: number, until: number, make = sampleAt) {
  let last = null;
  for (let at = from; at <= until; at += EVERY) {
    const { leads } = turn(keeper, "c", EVERY, at);
    if (leads) last = record(keeper, "c", EVERY, make(at), at);
    await keeper.writing;
  }
  return last;
}

/** A chart of the group, of the last hour unless told otherwise. */
export const ask = (keeper: Keeper, now: number, question: Partial<GroupLagQuestion> = {}) =>
  groupLag(
    keeper.store,
    keptOf(keeper, "c", EVERY, now),
    keeper.options.keep,
    { groupId: "billing", from: now - HOUR, until: now, stepMs: null, by: "group", topic: null, ...question },
    now,
  );
