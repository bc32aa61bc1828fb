import { randomBytes } from "node:crypto";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createTopics } from "../../scripts/kafka/topics.ts";
import { checkMetrics, type Prometheus, query, startPrometheus } from "../../scripts/test/prometheus.ts";
import { closeCluster } from "../kafka/cluster.ts";
import { readGroups } from "../kafka/group-readings.ts";
import { clusterAt, eventually } from "../kafka/testing.ts";
import { commit } from "../kafka/testing-groups.ts";
import { readAlerts, stopAlerts } from "./alerts.ts";
import { toAlerts } from "./config-alerts.ts";
import { toMetrics } from "./config-metrics.ts";
import { state } from "./state.ts";
import { openState } from "./testing-messages.ts";
import { scrape, serveMetrics } from "./testing-metrics.ts";

const { bootstrap } = inject("kafka");
const SECRET = "canary-token-5d1";
const mark = randomBytes(4).toString("hex");
const topic = `metrics-${mark}`;
/** Names that break who writes or reads labels without care. */
const odd = [
  'quo"te',
  "back\\slash",
  "new\nline",
  "tab\tcr\r",
  "🦊 fox",
  '{a="b"} 1',
  "a/b%zz",
  "..",
  "<img src=x onerror=alert(1)>",
  "\\n",
  "#",
];
const groups = odd.map((name) => `${mark} ${name}`);
const cluster = clusterAt(bootstrap, { name: 'quo"ted 🦊' });
const down = clusterAt("127.0.0.1:1", { name: "down" });
let forgetState = () => {};

beforeAll(async () => {
  forgetState = openState([cluster, down]);
  const webhook = { url: `https://hooks.example.com/${SECRET}`, headers: { authorization: SECRET } };
  const rules = [{ name: "late", lag: 1, webhook }];
  Object.assign(state().configuration, { metrics: toMetrics({}, "", {}), alerts: toAlerts(rules, "") });
  const client = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING });
  const [admin, producer] = [client.admin(), client.producer()];
  await Promise.all([admin.connect(), producer.connect()]);
  await createTopics(admin, [{ topic, numPartitions: 2 }]);
  await producer.send({ topic, messages: Array.from({ length: 30 }, (_, i) => ({ value: "x", partition: i % 2 })) });
  await Promise.all([admin.disconnect(), producer.disconnect()]);
  for (const [i, group] of groups.entries()) {
    const commits = [
      { topic, partition: 0, offset: BigInt(i) },
      { topic, partition: 1, offset: 15n },
    ];
    // A broker that was never asked for a group makes the topic of commits first.
    const tried = () =>
      readGroups(cluster)
        .then(() => commit(cluster, group, commits))
        .then(() => null, String);
    await eventually(tried, (failure) => failure === null);
  }
  cluster.snapshots.clear();
});
afterAll(async () => {
  stopAlerts();
  await Promise.all([cluster, down].map(closeCluster));
  forgetState();
});

/** Other settings of `metrics` for one piece of work. */
async function withMetrics<T>(given: Parameters<typeof toMetrics>[0], work: () => Promise<T>): Promise<T> {
  const { configuration } = state();
  const before = configuration.metrics;
  configuration.metrics = toMetrics(given, "", {});
  return work().finally(() => {
    configuration.metrics = before;
  });
}
const textOf = async () => (await scrape()).text();

describe("/metrics", () => {
  test("is what promtool has nothing to say about", async () => {
    await readAlerts(cluster);
    const answer = await scrape();
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await withMetrics({ partitions: true }, textOf);
    for (const name of [
      "kafdeck_group_lag",
      "kafdeck_group_partition_lag",
      "kafdeck_alert_notices_total",
      "kafdeck_broker_failures_total",
    ])
      expect(text).toContain(`\n${name}{`);
    expect(await checkMetrics(text)).toEqual({ code: 0, output: "" });
  });

  test("costs no request while a reading is young, and tells a cluster that is down beside one that is not", async () => {
    await scrape();
    const answer = await scrape();
    expect(answer.headers.get("server-timing")).toContain('desc="0 requests"');
    const text = await answer.text();
    expect(text).toContain('kafdeck_cluster_up{cluster="down"} 0');
    expect(text).toContain('kafdeck_cluster_up{cluster="quo\\"ted 🦊"} 1');
    expect(text).toMatch(/kafdeck_broker_requests_total\{cluster="quo\\"ted 🦊"\} [1-9]/);
  });

  test("leaves out what there is no room for, and says how much", async () => {
    const text = await withMetrics({ series: 60, groups: mark }, textOf);
    const series = text.split("\n").filter((line) => /^kafdeck_(group|topic)_/.test(line));
    expect(series.length).toBeLessThanOrEqual(60);
    expect(text).toMatch(/kafdeck_omitted\{cluster="quo\\"ted 🦊",kind="group_topic"\} [1-9]/);
    expect(await withMetrics({ groups: "no-such-group" }, textOf)).not.toContain("kafdeck_group_lag{");
  });

  test("needs the token where one is configured, and tells no secret", async () => {
    await withMetrics({ token: SECRET }, async () => {
      for (const authorization of [
        undefined,
        "",
        "Bearer",
        "Bearer x",
        `Basic ${SECRET}`,
        `Bearer ${SECRET}x`,
        SECRET,
      ]) {
        const refused = await scrape(authorization === undefined ? {} : { authorization });
        expect(refused.status, authorization).toBe(401);
        expect(refused.headers.get("www-authenticate")).toBe("Bearer");
        expect(await refused.json()).toMatchObject({ code: "token-needed" });
      }
      const answer = await scrape({ authorization: `Bearer ${SECRET}` });
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toContain(SECRET);
    });
    const alerts = await readAlerts(cluster);
    expect(alerts.items).toMatchObject([{ name: "late", webhook: "hooks.example.com" }]);
    expect(JSON.stringify(alerts)).not.toContain(SECRET);
  });

  test("whose token cannot be read answers nobody", async () => {
    const answer = await withMetrics({ token: { file: "/nowhere/token" } }, () => scrape({ authorization: "Bearer " }));
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain("/nowhere");
  });
});

describe("a real Prometheus", () => {
  let prometheus: Prometheus;
  let close = () => {};
  beforeAll(async () => {
    state().configuration.metrics = toMetrics({ token: SECRET, partitions: true }, "", {});
    const served = await serveMetrics();
    close = served.close;
    prometheus = await startPrometheus(served.address, SECRET);
  });
  afterAll(async () => {
    await prometheus?.stop();
    close();
  });

  test("scrapes it with the token and reads every odd name and its lag as they are", async () => {
    const found = await eventually(
      () => query(prometheus, "kafdeck_group_lag"),
      (series) => series.length >= groups.length,
      40_000,
    );
    const own = found.filter(({ labels }) => labels.group?.startsWith(mark));
    expect(new Map(own.map(({ labels, value }) => [labels.group, value]))).toEqual(
      new Map(groups.map((group, i) => [group, String(15 - i)])),
    );
    expect(own[0]?.labels).toMatchObject({ cluster: 'quo"ted 🦊', job: "kafdeck" });
    expect(
      await query(prometheus, `kafdeck_group_partition_lag{partition="0",group=${JSON.stringify(groups[2])}}`),
    ).toMatchObject([{ labels: { topic, group: groups[2] }, value: "13" }]);
    expect(await query(prometheus, `kafdeck_topic_end_offset{topic="${topic}"}`)).toMatchObject([{ value: "30" }]);
    expect(await query(prometheus, 'up{job="kafdeck"}')).toMatchObject([{ value: "1" }]);
  });
});
