import { expect, test } from "vitest";
import { board } from "./board.ts";
import { keptOf } from "./keeper.ts";
import { madeSample } from "./testing.ts";
import { ask, EVERY, keepers, MINUTE, run, START } from "./testing-keeper.ts";

const { keeperOf } = keepers();

/** Two topics, 500 and 100 behind, and a group that reads all. From minute 3 to 4 the end of one partition is not answered. */
const sampleWithGap = (at: number) => {
  const silent = at >= START + 3 * MINUTE && at < START + 4 * MINUTE;
  const commits = { "orders/0": 1n, "orders/1": 1n, "audit/0": 1n };
  const ends = { "orders/0": 251n, "orders/1": silent ? null : 251n, "audit/0": 101n };
  const late = { ...commits, "orders/1": silent ? null : 1n };
  return madeSample(at, ends, [
    { groupId: "billing", members: 0, commits: late, whole: !silent },
    { groupId: "other", members: 0, commits: { "audit/0": 51n } },
  ]);
};

/** Which lags a line had in the minute that was silent, and around it. */
const lags = (times: number[], lag: (string | null)[]) => {
  const isSilent = (time: number) => time >= START + 3 * MINUTE && time < START + 4 * MINUTE;
  const [silent, around] = [true, false].map((wanted) => [
    ...new Set(lag.filter((_, i) => times[i] !== undefined && isSilent(times[i]) === wanted)),
  ]);
  return { silent, around };
};

test("where a partition did not answer, sums with it are not known, and no dip", async () => {
  const keeper = keeperOf();
  const now = START + 7 * MINUTE;
  await run(keeper, START, now, sampleWithGap);
  const question = { from: START, until: now + 1 };
  const whole = ask(keeper, now, question);
  expect(lags(whole.times, whole.series[0]?.lag ?? [])).toEqual({ silent: [null], around: ["600"] });
  const topics = ask(keeper, now, { ...question, by: "topic" });
  const topic = (name: string) => topics.series.find((one) => one.topic === name)?.lag ?? [];
  expect(lags(topics.times, topic("orders"))).toEqual({ silent: [null], around: ["500"] });
  expect(lags(topics.times, topic("audit"))).toEqual({ silent: ["100"], around: ["100"] });
  const { store, options } = keeper;
  const asked = { ...question, stepMs: null, by: "lag", limit: 5 } as const;
  const all = board(store, keptOf(keeper, "c", EVERY, now), options.keep, asked, now);
  expect(lags(all.times, all.totalLag)).toEqual({ silent: [null], around: ["650"] });
});
