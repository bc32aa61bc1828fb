import type { Browser } from "playwright";
import type { GroupList } from "../lib/api/groups.ts";
import { url } from "../lib/api/url.ts";
import { type KafkaCluster, startKafka } from "../scripts/kafka/cluster.ts";
import { coldPage } from "./browser.ts";
import { figure, heading, median, quantile, timed } from "./figures.ts";
import { rawGroupList } from "./floor.ts";
import { benchHistory } from "./history.ts";
import { commitGroups, createTopics, fillTopics, GROUPS, groupName, PARTITIONS, TOPICS } from "./many.ts";
import { ask, type RunningServer, requestsOf, startServer } from "./server.ts";

const LIST = url`/api/clusters/${"bench"}/groups`;
const GROUP = url`/api/clusters/${"bench"}/groups/${groupName(7)}`;
const PAGE = url`/clusters/${"bench"}/groups`;
const FIRST_ROW = '[role="row"] a[href*="/groups/"], tbody a[href*="/groups/"]';

/** Many groups: their list, one of them, what a sample costs and what the history of two weeks weighs. */
export async function benchGroups(browser: Browser): Promise<void> {
  heading(`${GROUPS} groups over 2,000 topics x ${PARTITIONS} partitions, one broker`);
  const kafka = await startKafka({ brokers: 1, heap: 1024, properties: { "log.index.size.max.bytes": 65_536 } });
  try {
    await createTopics(kafka.bootstrap, 0, TOPICS, PARTITIONS);
    await fillTopics(kafka.bootstrap);
    await commitGroups(kafka.bootstrap);
    const server = await startServer(kafka.bootstrap);
    try {
      await list(server, kafka);
      await pages(server, browser);
      figure("RSS after this", server.rssMegabytes(), "MB", 310);
    } finally {
      await server.stop();
    }
    await benchHistory(kafka.bootstrap);
  } finally {
    await kafka.stop();
  }
}

async function list(server: RunningServer, kafka: KafkaCluster): Promise<void> {
  const [first = 0] = await timed(1, () => ask(server, LIST));
  figure("GET groups, the first since the start", first, "ms", 1_500);
  const warm = await timed(200, () => ask(server, LIST));
  figure("GET groups, from the snapshot, p50", median(warm), "ms", 150);
  figure("GET groups, from the snapshot, p95", quantile(warm, 0.95), "ms", null);
  const floor = median(await timed(5, () => rawGroupList(kafka.bootstrap)));
  const fresh = median(await timed(10, () => ask(server, `${LIST}?fresh=true`)));
  figure("GET groups, fresh, p50", fresh, "ms", 1_500);
  figure("  against the bare requests", fresh / floor, "x", null, `bare ${floor.toFixed(0)} ms`);
  const [peer = 0] = await timed(1, () => kafka.run("kafka-consumer-groups", ["--all-groups", "--describe"]));
  const note = `${(peer / 1000).toFixed(1)} s, of which it starts for about 1 s`;
  figure("  against kafka-consumer-groups.sh --all-groups --describe", fresh / peer, "x", 0.2, note);
  figure("broker requests of a reading of all groups", await requestsOfReading(server), "", null);
  const one = await timed(30, () => ask(server, GROUP));
  figure("GET one group of 40 partitions, fresh, p50", median(one), "ms", null);
  figure("broker requests of one group", requestsOf(await ask(server, GROUP)), "", null);
}

/** As the answer says of the reading it was made from; whoever asks while one is taken is given that one, and asked for nothing. */
async function requestsOfReading(server: RunningServer): Promise<number> {
  const answer = await fetch(server.origin + LIST);
  return ((await answer.json()) as GroupList).snapshot?.requests ?? Number.NaN;
}

async function pages(server: RunningServer, browser: Browser): Promise<void> {
  await coldPage(browser, server.origin + PAGE, FIRST_ROW);
  const cold = [];
  for (let i = 0; i < 5; i++) cold.push(await coldPage(browser, server.origin + PAGE, FIRST_ROW));
  figure("Groups page, cold browser: first rows, p50", median(cold.map(({ milliseconds }) => milliseconds)), "ms", 800);
  const note = `${median(cold.map(({ kilobytes }) => kilobytes)).toFixed(0)} kB with the data of ${GROUPS} groups`;
  const own = median(cold.map(({ ownKilobytes }) => ownKilobytes));
  figure("Groups page, cold browser: over the wire, without data", own, "kB", 300, note);
}
