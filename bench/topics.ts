import type { Browser } from "playwright";
import { url } from "../lib/api/url.ts";
import { startKafka } from "../scripts/kafka/cluster.ts";
import { coldPage } from "./browser.ts";
import { figure, heading, median, quantile, timed } from "./figures.ts";
import { rawMetadata, rawTopicList } from "./floor.ts";
import { createTopics } from "./many.ts";
import { ask, type RunningServer, requestsOf, startServer } from "./server.ts";

const FIRST_ROW = '[role="row"] a[href*="/topics/"], tbody a[href*="/topics/"]';

/** The process, its pages and its topic list, with few topics and with many. */
export async function benchTopics(browser: Browser): Promise<void> {
  const kafka = await startKafka({ brokers: 1, heap: 1024 });
  try {
    await createTopics(kafka.bootstrap, 0, 20, 5);
    await small(kafka.bootstrap, browser);
    await createTopics(kafka.bootstrap, 20, 2_000, 5);
    await large(kafka.bootstrap, browser);
  } finally {
    await kafka.stop();
  }
}

const TOPICS = url`/api/clusters/${"bench"}/topics`;
const page = url`/clusters/${"bench"}/topics`;

async function small(bootstrap: string, browser: Browser): Promise<void> {
  heading("20 topics x 5 partitions, one broker");
  const server = await startServer(bootstrap);
  try {
    figure("ready to answer after process start", server.readyMilliseconds, "ms", 1_000);
    await ask(server, TOPICS);
    const warm = await timed(300, () => ask(server, TOPICS));
    figure("GET topics, warm, p50", median(warm), "ms", 10);
    figure("GET topics, warm, p95", quantile(warm, 0.95), "ms", null);
    figure("broker requests of a fresh topic list", requestsOf(await ask(server, `${TOPICS}?fresh=true`)), "", null);
    await coldPage(browser, server.origin + page, FIRST_ROW);
    const cold = [];
    for (let i = 0; i < 7; i++) cold.push(await coldPage(browser, server.origin + page, FIRST_ROW));
    figure(
      "Topics page, cold browser: data shown, p50",
      median(cold.map(({ milliseconds }) => milliseconds)),
      "ms",
      500,
    );
    figure("Topics page, cold browser: over the wire", median(cold.map(({ kilobytes }) => kilobytes)), "kB", 300);
    await memory(server, browser);
  } finally {
    await server.stop();
  }
}

/** 500 pages as a person walks: the overview, brokers, topics, one topic's tabs. */
async function memory(server: RunningServer, browser: Browser): Promise<void> {
  const topic = url`/clusters/${"bench"}/topics/${"bench.orders.0"}`;
  const cluster = url`/clusters/${"bench"}`;
  const paths = [cluster, `${cluster}/brokers`, page, `${topic}/messages`, `${topic}/partitions`, `${topic}/configs`];
  const context = await browser.newContext();
  const tab = await context.newPage();
  let after50 = Number.NaN;
  for (let i = 0; i < 500; i++) {
    const answered = tab.waitForResponse((answer) => answer.url().includes("/api/clusters/bench"));
    await tab.goto(server.origin + (paths[i % paths.length] ?? page), { waitUntil: "load" });
    await answered;
    if (i === 49) after50 = server.rssMegabytes();
  }
  await context.close();
  figure("RSS after 50 pages", after50, "MB", 260);
  figure("RSS after 500 pages", server.rssMegabytes(), "MB", null);
  figure("RSS after 500 pages against 50", server.rssMegabytes() / after50, "x", 1.1);
}

async function large(bootstrap: string, browser: Browser): Promise<void> {
  heading("2,000 topics x 5 partitions, one broker");
  const server = await startServer(bootstrap);
  try {
    await ask(server, TOPICS);
    const floorNames = median(await timed(10, () => rawMetadata(bootstrap)));
    const names = median(await timed(20, () => ask(server, `${TOPICS}?detail=names&fresh=true`)));
    figure("names and partitions, fresh, p50", names, "ms", 100);
    figure("  against the bare Metadata request", names / floorNames, "x", null, `bare ${floorNames.toFixed(0)} ms`);
    const floorAll = median(await timed(5, () => rawTopicList(bootstrap)));
    const all = median(await timed(10, () => ask(server, `${TOPICS}?fresh=true`)));
    figure("everything, fresh, p50", all, "ms", 1_000);
    figure("  against the bare requests", all / floorAll, "x", null, `bare ${floorAll.toFixed(0)} ms`);
    figure("everything, from the snapshot, p50", median(await timed(100, () => ask(server, TOPICS))), "ms", null);
    figure("broker requests of a fresh topic list", requestsOf(await ask(server, `${TOPICS}?fresh=true`)), "", null);
    const cold = [];
    for (let i = 0; i < 5; i++) cold.push(await coldPage(browser, server.origin + page, FIRST_ROW));
    figure(
      "Topics page, cold browser: first rows, p50",
      median(cold.map(({ milliseconds }) => milliseconds)),
      "ms",
      800,
    );
    figure("Topics page, cold browser: over the wire", median(cold.map(({ kilobytes }) => kilobytes)), "kB", null);
    figure("RSS after this", server.rssMegabytes(), "MB", null);
  } finally {
    await server.stop();
  }
}
