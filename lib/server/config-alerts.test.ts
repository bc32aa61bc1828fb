import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfiguration } from "./config.ts";
import { durationMs } from "./config-duration.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kafdeck-alerts-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const clusters = "clusters: [{ name: a, bootstrap: h }, { name: b, bootstrap: h }]";
function read(yaml: string, env: Record<string, string> = {}) {
  writeFileSync(join(folder, "kafdeck.yaml"), `${yaml}\n${clusters}`);
  return readConfiguration(env, folder);
}
function mistakes(yaml: string): string[] {
  try {
    read(yaml);
  } catch (error) {
    expect(error).toMatchObject({ name: "ConfigurationError" });
    return (error as { mistakes: string[] }).mistakes;
  }
  return [];
}

describe("alert rules", () => {
  test("are read with their limits, their durations and where they are sent", () => {
    const [first, second] = read(`
alerts:
  - name: payments
    groups: "payments !test"
    clusters: [a]
    lag: 1000
    timeLag: 5m
    status: [stalled, stopped]
    for: 2m
    resolved: false
    webhook:
      url: { file: secrets/hook }
      headers: { Authorization: "Bearer x", X-Key: { file: /run/key } }
  - { name: all, lag: "9007199254740993" }
`).alerts;
    expect(first).toMatchObject({
      name: "payments",
      groups: "payments !test",
      clusters: ["a"],
      lag: 1000n,
      timeLagMs: 300_000,
      status: ["stalled", "stopped"],
      forMs: 120_000,
      resolved: false,
      webhook: {
        url: { file: join(folder, "secrets/hook") },
        headers: new Map([
          ["Authorization", { value: "Bearer x" }],
          ["X-Key", { file: "/run/key" }],
        ]),
      },
    });
    expect(first?.matches("eu-payments")).toBe(true);
    expect(first?.matches("payments-test")).toBe(false);
    expect(second).toMatchObject({
      groups: "",
      clusters: null,
      lag: 9007199254740993n,
      timeLagMs: null,
      status: [],
      forMs: 0,
      resolved: true,
      webhook: null,
    });
    expect(second?.matches("anything")).toBe(true);
  });

  test("with mistakes are refused, each by its path", () => {
    expect(
      mistakes(`
alerts:
  - { name: a }
  - { name: b, lag: -1, timeLag: 5, status: [late], for: 2 minutes }
  - { name: c, lag: 1.5, groups: "/(a+)+/" }
  - { name: d, lag: 1, webhook: { url: "ftp://x" } }
  - { name: e, lag: 1, webhook: { url: "https://user:canary-7@h/x", headers: { Host: x, "a b": y } } }
  - { lag: 1, sound: loud }
`),
    ).toEqual([
      "alerts[0]: must have lag, timeLag or status",
      "alerts[1].lag: must be a whole number of records",
      "alerts[1].timeLag: must be text",
      "alerts[1].status[0]: must be stalled, stopped, falling-behind, catching-up, no-data or keeping-up",
      "alerts[1].for: must be a duration such as 30s, 5m, 2h or 14d",
      "alerts[2].groups: Repeating a group or a repetition is not offered here: it can take forever.",
      "alerts[2].lag: must be a whole number of records",
      "alerts[3].webhook.url: must be an http or https address without a user name in it (a login goes into headers)",
      "alerts[4].webhook.url: must be an http or https address without a user name in it (a login goes into headers)",
      "alerts[4].webhook.headers.Host: is set by HTTP itself",
      "alerts[4].webhook.headers.a b: is no name of a header",
      "alerts[5].name: is missing",
      'alerts[5]: "sound" is not known here',
    ]);
    expect(mistakes("alerts: [{ name: x, lag: 1, clusters: [a, c] }, { name: x, lag: 2 }]")).toEqual([
      'alerts[0].clusters[1]: there is no cluster "c"',
      'alerts[1].name: "x" is used twice',
    ]);
  });
});

test.each([
  ["500ms", 500],
  ["90s", 90_000],
  ["5m", 300_000],
  ["2h", 7_200_000],
  ["14d", 1_209_600_000],
  ["0s", 0],
  ["5", null],
  ["m", null],
  ["-5m", null],
  ["5 m", null],
  ["999999999d", null],
])("%s is %s milliseconds", (text, milliseconds) => expect(durationMs(text)).toBe(milliseconds));

describe("metrics", () => {
  test("need no token, and tell every group but not its partitions, unless it is said otherwise", () => {
    const { metrics } = read("");
    expect(metrics).toMatchObject({ token: null, partitions: false, series: 50_000 });
    expect(metrics.matches("any")).toBe(true);
    const said = read("metrics: { token: { file: t }, groups: '!tmp', partitions: true, series: 500 }").metrics;
    expect(said).toMatchObject({ token: { file: join(folder, "t") }, partitions: true, series: 500 });
    expect(said.matches("tmp-1")).toBe(false);
  });
  test("take the token of the environment before that of the file", () =>
    expect(read("metrics: { token: x }", { KAFDECK_METRICS_TOKEN: "y" }).metrics.token).toEqual({ value: "y" }));
  test("are bounded", () =>
    expect(mistakes("metrics: { series: 5 }")).toEqual(["metrics.series: must be from 100 to 1000000"]));
});

describe("a Prometheus for the history", () => {
  test("is read with its login, its limits and the labels of each cluster", () => {
    expect(
      read(`
prometheus:
  url: http://prometheus:9090/base/
  username: kafdeck
  password: { file: p }
  timeout: 2s
  interval: 30s
  matchers: { job: kafdeck }
  clusters: { b: { cluster: beta } }
`).prometheus,
    ).toEqual({
      url: "http://prometheus:9090/base",
      login: { username: "kafdeck", password: { file: join(folder, "p") } },
      timeoutMs: 2_000,
      intervalMs: 30_000,
      matchers: { job: "kafdeck" },
      clusters: new Map([["b", { cluster: "beta" }]]),
    });
    expect(read("prometheus: { url: 'https://p', bearerToken: t }").prometheus).toMatchObject({
      login: { bearer: { value: "t" } },
      timeoutMs: 5_000,
    });
    expect(read("", { KAFDECK_PROMETHEUS_URL: "http://p:9090" }).prometheus).toMatchObject({ url: "http://p:9090" });
    expect(read("").prometheus).toBeNull();
  });
  test("is refused with a half login, an address that is none, or a cluster that is not there", () => {
    expect(mistakes("prometheus: { url: 'prometheus:9090', timeout: 1ms, matchers: { 'a-b': x } }")).toEqual([
      "prometheus.url: must be an http or https address without a user name or a question mark in it",
      "prometheus.timeout: must be from 100ms to 60s",
      "prometheus.matchers.a-b: is no name of a label",
    ]);
    expect(mistakes("prometheus: { url: 'http://p', username: x }")).toEqual([
      "prometheus: username and password must be given together",
    ]);
    expect(mistakes("prometheus: { url: 'http://p', username: x, password: y, bearerToken: z }")).toEqual([
      "prometheus: takes a bearerToken or a username, not both",
    ]);
    expect(mistakes("prometheus: { url: 'http://p', clusters: { z: { cluster: y } } }")).toEqual([
      'prometheus.clusters: there is no cluster "z"',
    ]);
    expect(() => read("", { KAFDECK_PROMETHEUS_URL: "p" })).toThrow("KAFDECK_PROMETHEUS_URL");
  });
});
