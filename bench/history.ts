import { statSync } from "node:fs";
import type { GroupLagHistory } from "../lib/api/lag.ts";
import { queryString, url } from "../lib/api/url.ts";
import { measured, withCluster } from "../lib/kafka/testing.ts";
import { closeKeeper, record } from "../lib/server/history/keeper.ts";
import { openKeeper } from "../lib/server/history/keeper-file.ts";
import { sampleOnce } from "../lib/server/history/sampler.ts";
import { type LoadOptions, optionsFor, scratch } from "../lib/server/history/testing.ts";
import { fillHistory } from "../lib/server/history/testing-fill.ts";
import { closeThread, makeThread } from "../lib/server/history/thread.ts";
import { figure, heading, median, quantile, timed } from "./figures.ts";
import { rawGroupList } from "./floor.ts";
import { GROUPS, groupName, PARTITIONS, TOPICS, TOPICS_OF_A_GROUP, topicName } from "./many.ts";
import { type RunningServer, startServer } from "./server.ts";

const EVERY_MS = 10_000;
const HOUR = 3_600_000;
/** Every partition is written to all the time: the most that there can be to keep. Named as in Kafka, so that the server goes on. */
const load: LoadOptions = {
  groups: GROUPS,
  topics: TOPICS,
  partitions: PARTITIONS,
  topicsOfGroup: TOPICS_OF_A_GROUP,
  busy: 1,
  nameOf: (kind, number) => (kind === "group" ? groupName(number) : topicName(number)),
};

/** What a sample of all groups costs, and what two weeks of samples weigh and how fast they are drawn. */
export async function benchHistory(bootstrap: string): Promise<void> {
  await sample(bootstrap);
  heading(`History of ${GROUPS} groups x ${TOPICS_OF_A_GROUP} topics x ${PARTITIONS} partitions, 14 days`);
  const place = scratch();
  try {
    await fill(place.file);
    const server = await startServer(bootstrap, { KAFDECK_HISTORY_FILE: place.file });
    try {
      await charts(server);
      figure("RSS with this history", server.rssMegabytes(), "MB", 310);
    } finally {
      await server.stop();
    }
  } finally {
    place.remove();
  }
}

/** From the question whose turn it is until the sample is on the disk. */
async function sample(bootstrap: string): Promise<void> {
  heading("A sample of all groups");
  const place = scratch();
  const thread = makeThread(optionsFor(place.file));
  try {
    await withCluster(bootstrap, async (cluster) => {
      const once = () => measured(() => sampleOnce(cluster, EVERY_MS, thread, () => {}));
      await once();
      const samples = [];
      for (let i = 0; i < 10; i++) samples.push(await once());
      const floor = median(await timed(5, () => rawGroupList(bootstrap)));
      const took = median(samples.map(({ milliseconds }) => milliseconds));
      figure("a sample, p50", took, "ms", 1_000);
      figure("  against the bare requests", took / floor, "x", null, `bare ${floor.toFixed(0)} ms`);
      figure("broker requests of a sample", median(samples.map(({ requests }) => requests)), "", null);
    });
  } finally {
    await closeThread(thread);
    place.remove();
  }
}

/** 14 days by the way that writes them, then an hour of whole samples one after the other. */
async function fill(file: string): Promise<void> {
  const keeper = openKeeper(optionsFor(file), Date.now());
  const until = Date.now() - HOUR;
  const make = fillHistory(keeper, "bench", EVERY_MS, load, until);
  const costs: number[] = [];
  for (let at = until + EVERY_MS; at < Date.now(); at += EVERY_MS) {
    const next = make(at);
    costs.push(...(await timed(1, async () => record(keeper, "bench", EVERY_MS, next, at))));
  }
  await closeKeeper(keeper);
  figure("keeping a sample, all lags moved, p50", median(costs), "ms", null);
  figure("on disk", statSync(file).size / 1e6, "MB", 300, "every partition written to all the time");
}

const questions = [
  { name: "a group, 1 h", query: { range: "1h" } },
  { name: "a group, 14 d", query: { range: "14d" } },
  { name: `its ${TOPICS_OF_A_GROUP} topics, 14 d`, query: { range: "14d", by: "topic" } },
  { name: `its ${TOPICS_OF_A_GROUP * PARTITIONS} partitions, 1 h`, query: { range: "1h", by: "partition" } },
  { name: `its ${TOPICS_OF_A_GROUP * PARTITIONS} partitions, 24 h`, query: { range: "24h", by: "partition" } },
] as const;

async function charts(server: RunningServer): Promise<void> {
  const ask = async (path: string): Promise<GroupLagHistory> => {
    const answer = await fetch(server.origin + path);
    if (!answer.ok) throw new Error(`${path} was answered with ${await answer.text()}`);
    return answer.json();
  };
  const lagOf = (group: number, query: Record<string, string>) =>
    url`/api/clusters/${"bench"}/groups/${groupName(group)}/lag` + queryString(query);
  const started = performance.now();
  // Charts are refused as long as the last hour of samples is read back.
  while (!(await fetch(server.origin + lagOf(0, {}))).ok && performance.now() - started < 60_000);
  figure("the first chart after the start", performance.now() - started, "ms", null);
  for (const { name, query } of questions) {
    let group = 0;
    let points = 0;
    // Another group each time: a chart that was just drawn would be read from memory.
    const samples = await timed(20, async () => {
      const { series, times } = await ask(lagOf(++group * 7, query));
      points = series.length * times.length;
    });
    if (points === 0) throw new Error(`There is no history of ${name}.`);
    const note = `p50 ${median(samples).toFixed(0)} ms, ${points} points`;
    figure(`chart of ${name}, p95`, quantile(samples, 0.95), "ms", 200, note);
  }
  const board = url`/api/clusters/${"bench"}/lag` + queryString({ range: "14d", limit: "50" });
  const samples = await timed(10, () => ask(board));
  figure(
    "board of the worst 50, 14 d, p95",
    quantile(samples, 0.95),
    "ms",
    200,
    `p50 ${median(samples).toFixed(0)} ms`,
  );
}
