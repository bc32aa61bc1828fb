import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AlertNotice } from "../../api/alerts.ts";
import { eventually } from "../../kafka/testing.ts";
import { offSource } from "../history/off.ts";
import type { Sampled } from "../history.ts";
import { readMemories, readSilences, writeMemories } from "./memory.ts";
import type { AlertRuleSettings } from "./rules.ts";
import { loadMemories, makeWatch, silence, type Watch, watchSample } from "./watch.ts";

const START = 10_000_000_000;
const notices: AlertNotice[] = [];
const watches: Watch[] = [];
let status = 200;
let url = "";
let close = () => {};
let kept: Map<string, string>;
let stderr: ReturnType<typeof vi.spyOn>;

beforeEach(async () => {
  stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  notices.length = 0;
  status = 200;
  kept = new Map();
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += String(part);
    if (status === 200) notices.push(JSON.parse(body) as AlertNotice);
    response.writeHead(status).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  close = () => server.close().closeAllConnections();
});
afterEach(() => {
  for (const watch of watches.splice(0)) stop(watch);
  close();
  stderr.mockRestore();
});

const rule = (more: Partial<AlertRuleSettings> = {}): AlertRuleSettings => ({
  name: "late",
  groups: "",
  matches: () => true,
  clusters: null,
  lag: 100n,
  timeLagMs: null,
  status: [],
  forMs: 0,
  webhook: { url: { value: url }, headers: new Map() },
  resolved: true,
  ...more,
});

/** A replica: its rules, and the notes that all replicas share. */
function replica(options: { leads?: () => boolean; rules?: AlertRuleSettings[]; keeps?: boolean } = {}): Watch {
  const notes =
    options.keeps === false
      ? { read: async () => null, write: async () => false }
      : {
          read: async (key: string) => kept.get(key) ?? null,
          write: async (key: string, text: string) => kept.set(key, text).has(key),
        };
  const watch = makeWatch("eu", options.rules ?? [rule()], {
    leads: options.leads ?? (() => true),
    notes,
    state: offSource("").state,
  });
  watches.push(watch);
  return watch;
}
const stop = (watch: Watch) => {
  for (const delivery of watch.deliveries.values()) delivery.stop();
};
const sample = (seconds: number, lags: Record<string, bigint>): Sampled => ({
  cluster: "eu",
  at: START + seconds * 1_000,
  complete: true,
  groups: Object.entries(lags).map(([groupId, lag]) => ({
    groupId,
    lag,
    timeLagMs: null,
    timeLagIs: null,
    status: "keeping-up",
    reason: "As the test says.",
    complete: true,
  })),
});
const delivered = (count: number) =>
  eventually(
    async () => notices,
    (all) => all.length >= count,
    8_000,
  );
const idle = (watch: Watch) =>
  eventually(
    async () => watch.deliveries.get("late")?.state().waiting,
    (waiting) => waiting === 0,
    8_000,
  );
/** Long enough for a request that must not come. */
const aMoment = () => new Promise((resume) => setTimeout(resume, 150));

describe("after a sample", () => {
  test("one call tells all groups that changed", async () => {
    const watch = replica();
    await watchSample(watch, sample(0, { a: 500n, b: 600n, c: 1n }));
    await delivered(1);
    expect(notices).toMatchObject([
      { rule: "late", cluster: "eu", status: "firing", alerts: [{ groupId: "a" }, { groupId: "b" }] },
    ]);
  });

  test("a rule without a webhook is shown; one that it gets later is told what fires then", async () => {
    const first = replica({ rules: [rule({ webhook: null })] });
    await watchSample(first, sample(0, { a: 500n }));
    expect(first.memories.get("late")?.groups.get("a")).toMatchObject({ state: "firing", told: null });
    const second = replica();
    await watchSample(second, sample(10, { a: 500n }));
    await delivered(1);
  });

  test("a rule for other clusters says nothing of this one", () => {
    expect(
      replica({ rules: [rule({ clusters: ["us"] }), rule({ name: "x", clusters: ["us", "eu"] })] }).rules,
    ).toMatchObject([{ name: "x" }]);
  });

  test("a replica that does not lead sends nothing, and shows what the one that leads said", async () => {
    const leader = replica();
    await watchSample(leader, sample(0, { a: 500n }));
    await idle(leader);
    const other = replica({ leads: () => false });
    await watchSample(other, sample(0, { a: 500n }));
    await loadMemories(other);
    expect(other.memories.get("late")?.groups.get("a")).toMatchObject({ state: "firing", facts: { lag: 500n } });
    await aMoment();
    expect(notices).toHaveLength(1);
  });
});

describe("after a restart", () => {
  test("what was told is not told again, and its end is", async () => {
    const first = replica();
    await watchSample(first, sample(0, { a: 500n }));
    await idle(first);
    await watchSample(first, sample(10, { a: 500n }));
    stop(first);
    const second = replica();
    for (let seconds = 20; seconds <= 400; seconds += 10) await watchSample(second, sample(seconds, { a: 500n }));
    await aMoment();
    expect(notices).toHaveLength(1);
    for (let seconds = 410; seconds <= 480; seconds += 10) await watchSample(second, sample(seconds, { a: 0n }));
    await delivered(2);
    expect(notices[1]).toMatchObject({ status: "resolved", alerts: [{ groupId: "a", status: "resolved" }] });
  });

  test("what had not arrived is sent again", async () => {
    status = 500;
    const first = replica();
    await watchSample(first, sample(0, { a: 500n }));
    await watchSample(first, sample(10, { a: 500n }));
    expect(first.deliveries.get("late")?.state().waiting).toBe(1);
    expect(
      readMemories(kept.get("alerts/eu") ?? null)
        .get("late")
        ?.groups.get("a"),
    ).toMatchObject({ state: "firing", told: null });
    stop(first);
    status = 200;
    const second = replica();
    await watchSample(second, sample(60, { a: 500n }));
    await delivered(1);
    expect(notices[0]?.alerts).toMatchObject([{ groupId: "a", status: "firing" }]);
  });

  test("a silence holds; where nothing can be kept it says so", async () => {
    const first = replica();
    expect(await silence(first, "late", START + 600_000, START)).toBe(true);
    const second = replica();
    for (let seconds = 0; seconds < 600; seconds += 10) await watchSample(second, sample(seconds, { a: 500n }));
    await aMoment();
    expect(notices).toEqual([]);
    expect(second.memories.get("late")?.groups.get("a")?.state).toBe("firing");
    await watchSample(second, sample(600, { a: 500n }));
    await delivered(1);
    expect(await silence(replica({ keeps: false }), "late", START + 1, START)).toBe(false);
  });
});

test("a silence that another replica was asked for is kept to, and so is its end", async () => {
  const leader = replica();
  const other = replica({ leads: () => false });
  await silence(other, "late", START + 3_600_000, START);
  await watchSample(leader, sample(0, { a: 500n }));
  await aMoment();
  expect(notices).toEqual([]);
  await silence(other, "late", null, START);
  await watchSample(leader, sample(10, { a: 500n }));
  await delivered(1);
});

describe("what is kept", () => {
  test("is written when something changed, not with every lag", async () => {
    const watch = replica();
    const write = vi.spyOn(watch.history.notes, "write");
    await watchSample(watch, sample(0, { a: 500n }));
    await idle(watch);
    await watchSample(watch, sample(10, { a: 501n }));
    const before = write.mock.calls.length;
    for (let seconds = 20; seconds < 100; seconds += 10)
      await watchSample(watch, sample(seconds, { a: BigInt(500 + seconds) }));
    expect(write.mock.calls.length).toBe(before);
  });

  test("is read back as it was, with every digit; anything else is nothing", async () => {
    const watch = replica();
    await watchSample(watch, sample(0, { 'a"\n🦊': 9007199254740993n }));
    expect(readMemories(writeMemories(watch.memories))).toEqual(watch.memories);
    for (const broken of [null, "", "{", '{"late":{"at":"x"}}', "[]", '{"late":{"at":1,"sentAt":null,"groups":[{}]}}'])
      expect(readMemories(broken).size).toBe(0);
    expect(readSilences('{"a":5,"b":50}', 10)).toEqual(new Map([["b", 50]]));
    expect(readSilences("x", 10)).toBeNull();
  });
});
