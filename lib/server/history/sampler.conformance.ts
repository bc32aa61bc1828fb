import { afterAll, expect, test } from "vitest";
import { topicsOf } from "../../kafka/scan/testing-topics.ts";
import { eventually, measured } from "../../kafka/testing.ts";
import { commit, fresh } from "../../kafka/testing-groups.ts";
import type { Turn } from "./keeper.ts";
import { sampleOnce, startSampler } from "./sampler.ts";
import { optionsFor, scratch } from "./testing.ts";
import { askThread, closeThread, makeThread } from "./thread.ts";

const { cluster, kafka, producer, makeTopic } = topicsOf("history");
const place = scratch();
const EVERY_MS = 1_000;
const thread = makeThread(optionsFor(place.file));
afterAll(async () => {
  await closeThread(thread);
  place.remove();
});

const lagOf = (groupId: string, by: "group" | "topic" | "partition" = "group") => {
  const now = Date.now();
  const question = { groupId, from: now - 60_000, until: now, stepMs: EVERY_MS, by, topic: null };
  return askThread(thread, "groupLag", [cluster.name, EVERY_MS, question]);
};

test("a real consumer that reads less than arrives has a lag that grows, rates, and an age that is told from the samples", async () => {
  const [topic, group] = [await makeTopic(2), fresh("lagging")];
  const send = (records: number) =>
    producer.send({
      topic,
      messages: Array.from({ length: records }, (_, i) => ({ partition: i % 2, value: `${i}` })),
    });
  await send(20);
  const consumer = kafka.consumer({ groupId: group, sessionTimeout: 10_000 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommitInterval: 200,
    eachMessage: async () => new Promise((resolve) => setTimeout(resolve, 25)),
  });
  let last: Turn | null = null;
  const sampler = startSampler(cluster, EVERY_MS, thread, (turn) => {
    if (turn.told) last = turn;
  });
  try {
    const newest = () => (last as Turn | null)?.told?.groups.find(({ groupId }) => groupId === group);
    await eventually(
      async () => {
        await send(100);
        return newest();
      },
      (found) => (found?.lag ?? 0n) > 1_500n && (found?.timeLagMs ?? 0) > 2_000 && (found?.verdict.read ?? 0) > 0,
    );
    const found = newest();
    expect(found).toMatchObject({ whole: true, timeLagIs: expect.stringMatching(/estimate|at-least/) });
    const answer = await lagOf(group);
    const [line] = answer?.series ?? [];
    const lags = (line?.lag ?? []).flatMap((lag) => (lag === null ? [] : [BigInt(lag)]));
    expect(lags.at(-1)).toBeGreaterThan(lags[0] ?? 0n);
    expect(Math.max(...(line?.written ?? []).map((rate) => rate ?? 0))).toBeGreaterThan(100);
    expect(Math.max(...(line?.read ?? []).map((rate) => rate ?? 0))).toBeGreaterThan(5);
    const parts = await lagOf(group, "partition");
    expect(parts?.series.map(({ partition }) => partition)).toEqual([0, 1]);
    const trends = await askThread(thread, "partitions", [cluster.name, EVERY_MS, group]);
    expect(trends.map(([, { lastCommitAt }]) => lastCommitAt !== null)).toContain(true);
  } finally {
    sampler.stop();
    await consumer.disconnect();
  }
});

test("a sample costs the same number of requests at 5 groups and at 50", async () => {
  const topic = await makeTopic(3);
  const groups = Array.from({ length: 50 }, () => fresh("many"));
  const make = async (some: string[]) => {
    for (const group of some) await commit(cluster, group, [{ topic, partition: 0, offset: 0n }]);
  };
  const cost = async () => {
    await sampleOnce(cluster, EVERY_MS, thread, () => {});
    const { requests } = await measured(() => sampleOnce(cluster, EVERY_MS, thread, () => {}));
    return requests;
  };
  await make(groups.slice(0, 5));
  const few = await cost();
  await make(groups.slice(5));
  expect(await cost()).toBe(few);
  expect(few).toBeLessThan(15);
});
