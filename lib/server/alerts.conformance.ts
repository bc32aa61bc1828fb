import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { createTopics } from "../../scripts/kafka/topics.ts";
import {
  type AlertList,
  type AlertNotice,
  type AlertRule,
  alertList,
  listAlerts,
  silenceAlert,
} from "../api/alerts.ts";
import { closeCluster } from "../kafka/cluster.ts";
import { readGroups } from "../kafka/group-readings.ts";
import { clusterAt, eventually } from "../kafka/testing.ts";
import { commit } from "../kafka/testing-groups.ts";
import { readAlerts, silenceRule, startAlerts, stopAlerts } from "./alerts.ts";
import { toAlerts } from "./config-alerts.ts";
import { toHistory } from "./config-history.ts";
import { startHistory, stopHistory } from "./history.ts";
import { route } from "./route.ts";
import { state } from "./state.ts";
import { openState } from "./testing-messages.ts";

const { bootstrap } = inject("kafka");
const SECRET = "canary-alerts-e02";
const mark = randomBytes(4).toString("hex");
const topic = `alerts-${mark}`;
const late = `${mark} late <!channel> "🦊"`;
const folder = mkdtempSync(join(tmpdir(), "kafdeck-alerts-"));
const cluster = clusterAt(bootstrap, { name: "eu" });
const notices: AlertNotice[] = [];
let written = "";
let url = "";
let close = () => {};
let forgetState = () => {};

// The same as the handlers under app/api, whose files only Next can load.
const list = route(listAlerts, ({ cluster: asked }) => readAlerts(asked));
const silence = route(silenceAlert, async ({ cluster: asked, params, body, tell }) => {
  const { rule, kept } = await silenceRule(asked, params.rule, body.minutes);
  tell({ silencedUntil: rule.silencedUntil, kept });
  return rule;
});
const at = "http://127.0.0.1/api/clusters/eu/alerts";
const alerts = async (): Promise<AlertList> => {
  const answer = await list(new Request(at), { params: Promise.resolve({ cluster: "eu" }) });
  return alertList.parse(await answer.json());
};
const silenceFor = (rule: string, minutes: number): Promise<Response> =>
  silence(
    new Request(`${at}/${rule}/silence`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ minutes }),
    }),
    { params: Promise.resolve({ cluster: "eu", rule }) },
  );
const start = () => {
  startHistory();
  startAlerts();
};
async function stop(): Promise<void> {
  stopAlerts();
  await stopHistory();
  delete (globalThis as Record<symbol, unknown>)[Symbol.for("kafdeck.history")];
}

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => {
      written += String(text);
      return true;
    });
  const receiver = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += String(part);
    notices.push(JSON.parse(body) as AlertNotice);
    response.writeHead(200).end("ok");
  });
  await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
  close = () => receiver.close().closeAllConnections();
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  forgetState = openState([cluster]);
  const webhook = { url: `${url}/${SECRET}`, headers: { authorization: SECRET } };
  const rules = [
    { name: "late", groups: mark, lag: 20, webhook },
    { name: "quiet/rule", groups: mark, lag: 1_000_000, webhook },
  ];
  const env = { KAFDECK_HISTORY_FILE: join(folder, "history.db") };
  Object.assign(state().configuration, {
    auditFile: join(folder, "audit.jsonl"),
    alerts: toAlerts(rules, ""),
    history: toHistory({ sampleEvery: 2_000 }, folder, env, folder),
    prometheus: null,
  });
  const client = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING });
  const [admin, producer] = [client.admin(), client.producer()];
  await Promise.all([admin.connect(), producer.connect()]);
  await createTopics(admin, [{ topic, numPartitions: 1 }]);
  await producer.send({ topic, messages: Array.from({ length: 30 }, () => ({ value: "x" })) });
  await Promise.all([admin.disconnect(), producer.disconnect()]);
  const tried = () =>
    readGroups(cluster)
      .then(() => commit(cluster, late, [{ topic, partition: 0, offset: 0n }]))
      .then(() => null, String);
  await eventually(tried, (failure) => failure === null);
  start();
});
afterAll(async () => {
  await stop();
  close();
  await closeCluster(cluster);
  forgetState();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

test("a group that lags is told to the webhook after a sample, and listed; nothing of the address but its host is told", async () => {
  await eventually(
    async () => notices,
    (all) => all.length > 0,
    30_000,
  );
  expect(notices).toMatchObject([
    {
      version: 1,
      rule: "late",
      cluster: "eu",
      status: "firing",
      alerts: [{ groupId: late, lag: "30", status: "firing" }],
    },
  ]);
  expect(notices[0]?.text).toContain("&lt;!channel&gt;");
  const { items, firing, evaluating } = await eventually(alerts, ({ items: [rule] }) => rule?.delivery.lastAt != null);
  expect({ firing, evaluating }).toEqual({ firing: 1, evaluating: true });
  expect(items).toMatchObject([
    {
      name: "late",
      webhook: new URL(url).host,
      alerts: [{ groupId: late, state: "firing", lag: "30" }],
      delivery: { waiting: 0, dropped: 0, problem: null },
    },
    { name: "quiet/rule", alerts: [] },
  ]);
  expect(JSON.stringify(items)).not.toContain(SECRET);
});

test("a silence is in the audit and outlives a restart, after which nothing is told twice", async () => {
  const silenced = (await (await silenceFor("late", 60)).json()) as AlertRule;
  expect(Date.parse(silenced.silencedUntil ?? "") - Date.now()).toBeGreaterThan(59 * 60_000);
  const line = JSON.parse(readFileSync(join(folder, "audit.jsonl"), "utf8").trim());
  expect(line).toMatchObject({
    action: "alerts.alter",
    target: { rule: "late", minutes: 60 },
    did: { kept: true },
    outcome: "done",
  });
  // The state is kept with the sample after the one that was told.
  await new Promise((resume) => setTimeout(resume, 4_500));
  await stop();
  start();
  const again = await eventually(alerts, ({ evaluating, firing }) => evaluating && firing === 1, 30_000);
  expect(again.items[0]?.silencedUntil).toBe(silenced.silencedUntil);
  expect(await (await silenceFor("late", 0)).json()).toMatchObject({ silencedUntil: null });
  await new Promise((resume) => setTimeout(resume, 4_500));
  expect(notices).toHaveLength(1);
});

test("a rule that is not there is a 404, and a silence of a year is refused", async () => {
  expect((await silenceFor("absent", 1)).status).toBe(404);
  expect((await silenceFor("late", 600_000)).status).toBe(400);
});

test("no secret is in the log, on standard output or in the audit", () => {
  expect(written).not.toContain(SECRET);
  expect(readFileSync(join(folder, "audit.jsonl"), "utf8")).not.toContain(SECRET);
});
