import { randomBytes } from "node:crypto";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createTopics } from "../../../scripts/kafka/topics.ts";
import { type Prometheus, query, startPrometheus } from "../../../scripts/test/prometheus.ts";
import { closeCluster } from "../../kafka/cluster.ts";
import { readGroups } from "../../kafka/group-readings.ts";
import { clusterAt, eventually } from "../../kafka/testing.ts";
import { commit } from "../../kafka/testing-groups.ts";
import { toMetrics } from "../config-metrics.ts";
import type { PrometheusSettings } from "../config-prometheus.ts";
import { offSource } from "../history/off.ts";
import { state } from "../state.ts";
import { openState } from "../testing-messages.ts";
import { serveMetrics } from "../testing-metrics.ts";
import { prometheusSource } from "./source.ts";

const { bootstrap } = inject("kafka");
const mark = randomBytes(4).toString("hex");
const topic = `history.${mark}`;
const slow = `${mark} slow "🦊" \\ .*|`;
const idle = `${mark} idle\nnew line`;
const cluster = clusterAt(bootstrap, { name: "eu" });
const { state: never, trends } = offSource("no");
const sampler = { state: () => ({ ...never(), source: "sqlite" as const, sampling: true, problem: null }), trends };
let forgetState = () => {};
let prometheus: Prometheus;
let close = () => {};
let settings: PrometheusSettings;
const began = Date.now();

beforeAll(async () => {
  forgetState = openState([cluster]);
  state().configuration.metrics = toMetrics({ partitions: true, groups: mark }, "", {});
  const client = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING });
  const [admin, producer] = [client.admin(), client.producer()];
  await Promise.all([admin.connect(), producer.connect()]);
  await createTopics(admin, [{ topic, numPartitions: 2 }]);
  const write = (count: number) =>
    producer.send({ topic, messages: Array.from({ length: count }, (_, i) => ({ value: "x", partition: i % 2 })) });
  await write(100);
  for (const group of [slow, idle]) {
    const at = [0, 1].map((partition) => ({ topic, partition, offset: 10n }));
    const tried = () =>
      readGroups(cluster)
        .then(() => commit(cluster, group, at))
        .then(() => null, String);
    await eventually(tried, (failure) => failure === null);
  }
  const served = await serveMetrics();
  close = served.close;
  prometheus = await startPrometheus(served.address);
  settings = {
    url: prometheus.url,
    login: null,
    timeoutMs: 5_000,
    intervalMs: 1_000,
    matchers: { job: "kafdeck" },
    clusters: new Map(),
  };
  const lags = () => query(prometheus, "kafdeck_group_lag");
  await eventually(lags, (series) => series.length === 2, 40_000);
  // One group reads 40 records, and 20 are written.
  await write(20);
  await commit(
    cluster,
    slow,
    [0, 1].map((partition) => ({ topic, partition, offset: 30n })),
  );
  cluster.snapshots.clear();
  // Until there is a whole second in which it is so: points stand at whole seconds.
  const settled = () => query(prometheus, "kafdeck_group_lag offset 2s");
  await eventually(settled, (series) => series.some(({ value }) => value === "60"), 20_000);
  await Promise.all([admin.disconnect(), producer.disconnect()]);
});
afterAll(async () => {
  await prometheus?.stop();
  close();
  await closeCluster(cluster);
  forgetState();
});

/** Up to now, and no further back than this test. */
const range = (stepMs: number | null = 1_000) => ({ from: began, until: Date.now(), stepMs });
const known = <T>(values: (T | null)[]): T[] => values.filter((value) => value !== null);
const sum = (values: (number | null)[]) => known(values).reduce((total, value) => total + value, 0);

describe("the history that Prometheus keeps", () => {
  test("of a group with an odd name is its lag over time, and its statuses", async () => {
    const source = prometheusSource(settings, "eu", sampler);
    const answer = await source.groupLag({ ...range(), groupId: slow, by: "group", topic: null });
    expect(answer.stepMs).toBe(1_000);
    expect(answer.series).toHaveLength(1);
    const lags = known(answer.series[0]?.lag ?? []);
    expect([lags[0], lags.at(-1)]).toEqual(["80", "60"]);
    expect(answer.statuses.at(-1)).toMatchObject({ status: "stopped", until: null });
    expect(source.state()).toMatchObject({ source: "prometheus", sampling: true, since: null, problem: null });
  });

  test.each([
    ["topic", [{ topic, partition: null }]],
    [
      "partition",
      [
        { topic, partition: 0 },
        { topic, partition: 1 },
      ],
    ],
  ] as const)("by %s has what was read and written", async (by, places) => {
    const { series } = await prometheusSource(settings, "eu", sampler).groupLag({
      ...range(),
      groupId: slow,
      by,
      topic,
    });
    expect(series).toMatchObject(places);
    for (const { read, written, lag } of series) {
      expect(sum(read)).toBe(40 / places.length);
      expect(sum(written)).toBe(20 / places.length);
      expect(known(lag).at(-1)).toBe(String(60 / places.length));
    }
  });

  test("of the cluster is a board with the worst first", async () => {
    const source = prometheusSource(settings, "eu", sampler);
    const board = await source.board({ ...range(), by: "lag", limit: 5 });
    expect(board.total).toBe(2);
    expect(board.groups.map(({ groupId, worstLag }) => [groupId, worstLag])).toEqual([
      [idle, "100"],
      [slow, "80"],
    ]);
    expect(board.groups[0]?.lagSeries).toHaveLength(board.times.length);
    expect(known(board.totalLag).at(-1)).toBe("160");
    expect((await source.board({ ...range(), by: "lag", limit: 1 })).groups).toHaveLength(1);
    expect((await source.board({ ...range(null), by: "timeLag", limit: 5 })).groups).toEqual([]);
  });

  test("is empty for what it does not know, and for other clusters", async () => {
    const none = await prometheusSource(settings, "eu", sampler).groupLag({
      ...range(),
      groupId: "absent",
      by: "topic",
      topic: null,
    });
    expect(none).toMatchObject({ series: [], statuses: [] });
    const other = await prometheusSource(settings, "us", sampler).board({ ...range(), by: "lag", limit: 5 });
    expect(other).toMatchObject({ total: 0, groups: [] });
    const renamed = { ...settings, clusters: new Map([["us", { cluster: "eu" }]]) };
    expect(await prometheusSource(renamed, "us", sampler).board({ ...range(), by: "lag", limit: 5 })).toMatchObject({
      total: 2,
    });
  });

  test("that is not there is a problem that says so, until it is there again", async () => {
    const gone = prometheusSource({ ...settings, url: "http://127.0.0.1:1" }, "eu", sampler);
    await expect(gone.board({ ...range(), by: "lag", limit: 5 })).rejects.toMatchObject({ code: "prometheus-failed" });
    expect(gone.state().problem).toMatchObject({ detail: expect.stringContaining("127.0.0.1:1 cannot be reached") });
  });
});
