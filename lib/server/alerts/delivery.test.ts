import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { eventually } from "../../kafka/testing.ts";
import { type Delivery, makeDelivery, webhookHost } from "./delivery.ts";

type Got = { path: string; headers: IncomingMessage["headers"]; body: string };
type Answer = (response: ServerResponse, got: Got) => void;

const SECRET = "canary-webhook-9f3";
const open: { close: () => void }[] = [];
let stderr: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
/** All that went to the log: of failures in a row the first one. */
const logged = () => JSON.stringify(stderr.mock.calls);
afterEach(() => {
  expect(logged()).not.toContain(SECRET);
  stderr.mockRestore();
  for (const one of open.splice(0)) one.close();
});

/** A real server that answers the n-th request with the n-th answer, and the last one for ever. */
async function receiver(...answers: Answer[]): Promise<{ url: string; host: string; got: Got[] }> {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += String(part);
    const one = { path: request.url ?? "", headers: request.headers, body };
    got.push(one);
    (answers[got.length - 1] ?? answers.at(-1))?.(response, one);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  open.push({ close: () => server.close().closeAllConnections() });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}/hook/${SECRET}?token=${SECRET}`, host, got };
}
const answer =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end("words that nobody reads");
const hang: Answer = () => {};

function deliver(
  url: string,
  more: { headers?: Map<string, { value: string } | { file: string }>; timeoutMs?: number; firstPauseMs?: number } = {},
): Delivery {
  const delivery = makeDelivery(
    "late",
    { url: { value: url }, headers: more.headers ?? new Map() },
    { timeoutMs: more.timeoutMs ?? 1_000, firstPauseMs: more.firstPauseMs ?? 5 },
  );
  open.push({ close: delivery.stop });
  return delivery;
}
const until = (delivery: Delivery, done: (state: ReturnType<Delivery["state"]>) => boolean) =>
  eventually(async () => delivery.state(), done, 8_000);

describe("a notice", () => {
  test("arrives as JSON with the configured headers, those of files too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kafdeck-hook-"));
    open.push({ close: () => rmSync(folder, { recursive: true }) });
    writeFileSync(join(folder, "key"), `${SECRET}\n`);
    const { url, got } = await receiver(answer(204));
    const delivery = deliver(url, {
      headers: new Map([
        ["Authorization", { value: `Bearer ${SECRET}` }],
        ["x-key", { file: join(folder, "key") }],
      ]),
    });
    delivery.send('{"text":"🦊"}');
    const state = await until(delivery, ({ lastAt }) => lastAt !== null);
    expect(state).toMatchObject({ waiting: 0, dropped: 0, problem: null });
    expect(got).toMatchObject([
      {
        body: '{"text":"🦊"}',
        path: `/hook/${SECRET}?token=${SECRET}`,
        headers: { "content-type": "application/json", authorization: `Bearer ${SECRET}`, "x-key": SECRET },
      },
    ]);
    expect(delivery.counts()).toEqual({ delivered: 1, failed: 0, dropped: 0 });
  });

  test("is tried again after a 500, and then the next ones follow in their order", async () => {
    const { url, host, got } = await receiver(answer(500), answer(503), answer(200));
    const delivery = deliver(url);
    delivery.send("1");
    delivery.send("2");
    await until(delivery, ({ waiting }) => waiting === 0);
    expect(logged()).toContain(`${host} answered 500.`);
    expect(got.map(({ body }) => body)).toEqual(["1", "1", "1", "2"]);
    expect(delivery.state()).toMatchObject({ dropped: 0, problem: null });
    expect(delivery.counts()).toEqual({ delivered: 2, failed: 2, dropped: 0 });
  });

  test("is tried again where the other side hangs, or breaks off", async () => {
    const { url, host, got } = await receiver(hang, (response) => response.destroy(), answer(200));
    const delivery = deliver(url, { timeoutMs: 1_000 });
    delivery.send("1");
    await until(delivery, ({ lastAt }) => lastAt !== null);
    expect(logged()).toContain(`${host} did not answer within`);
    expect(got).toHaveLength(3);
  });

  test("is given up after ten tries, and the log names the host only", async () => {
    const { url, host, got } = await receiver(answer(500));
    const delivery = deliver(url, { firstPauseMs: 1 });
    delivery.send("1");
    const state = await until(delivery, ({ dropped }) => dropped === 1);
    expect(got).toHaveLength(10);
    expect(state).toMatchObject({ lastAt: null, problem: `${host} answered 500.` });
    expect(logged()).toContain("given up");
  });

  test("is given up at once where the other side does not want it", async () => {
    const { url, got } = await receiver(answer(404));
    const delivery = deliver(url);
    delivery.send("1");
    await until(delivery, ({ dropped }) => dropped === 1);
    expect(got).toHaveLength(1);
  });

  test("waits as long as Retry-After says", async () => {
    const { url, got } = await receiver(answer(429, { "retry-after": "1" }), answer(200));
    const delivery = deliver(url);
    const started = performance.now();
    delivery.send("1");
    await until(delivery, ({ lastAt }) => lastAt !== null);
    expect(got).toHaveLength(2);
    expect(performance.now() - started).toBeGreaterThan(950);
  });

  test("for a server that is not there says so in words without the address", async () => {
    const { url, host } = await receiver(answer(200));
    for (const one of open.splice(0)) one.close();
    const delivery = deliver(url, { firstPauseMs: 50 });
    delivery.send("1");
    expect((await until(delivery, ({ problem }) => problem !== null)).problem).toBe(`${host} refuses the connection.`);
  });
});

describe("a redirect", () => {
  test("is followed on the same server where it keeps the method", async () => {
    const { url, got } = await receiver(answer(307, { location: "/elsewhere" }), answer(200));
    const delivery = deliver(url);
    delivery.send("1");
    await until(delivery, ({ lastAt }) => lastAt !== null);
    expect(got.map(({ path, body }) => [path, body])).toEqual([
      [`/hook/${SECRET}?token=${SECRET}`, "1"],
      ["/elsewhere", "1"],
    ]);
  });

  test("to another server is not followed, so no login leaves with it", async () => {
    const other = await receiver(answer(200));
    const { url, host } = await receiver(answer(308, { location: other.url }));
    const delivery = deliver(url, { headers: new Map([["authorization", { value: SECRET }]]) });
    delivery.send("1");
    const state = await until(delivery, ({ dropped }) => dropped === 1);
    expect(state.problem).toBe(`${host} redirects to another server, which is not followed.`);
    expect(other.got).toEqual([]);
  });

  test("that never ends is left", async () => {
    const { url, got } = await receiver(answer(307, { location: "/again" }));
    const delivery = deliver(url);
    delivery.send("1");
    await until(delivery, ({ dropped }) => dropped === 1);
    expect(got).toHaveLength(4);
  });
});

describe("what waits", () => {
  test("is bounded in number: the oldest behind the one on its way goes", async () => {
    const { url, got } = await receiver(hang, answer(200));
    const delivery = deliver(url, { timeoutMs: 1_000 });
    for (let i = 0; i < 50; i++) delivery.send(String(i));
    expect(delivery.state()).toMatchObject({ waiting: 20, dropped: 30 });
    await until(delivery, ({ waiting }) => waiting === 0);
    expect(got.map(({ body }) => body)).toEqual(["0", "0", ...Array.from({ length: 19 }, (_, i) => String(31 + i))]);
  });

  test("is bounded in bytes", async () => {
    const { url } = await receiver(hang);
    const delivery = deliver(url);
    for (let i = 0; i < 10; i++) delivery.send("x".repeat(200_000));
    expect(delivery.state().waiting).toBe(2);
  });

  test("is left when the process stops", async () => {
    const { url, got } = await receiver(hang);
    const delivery = deliver(url, { timeoutMs: 60_000 });
    delivery.send("1");
    await eventually(
      async () => got.length,
      (count) => count === 1,
      5_000,
    );
    delivery.stop();
    await new Promise((resume) => setTimeout(resume, 50));
    expect(got).toHaveLength(1);
    expect(delivery.state()).toMatchObject({ problem: null, dropped: 0 });
  });
});

test("of an address only the host is told, and nothing where its file is not there", async () => {
  expect(await webhookHost({ url: { value: `https://hooks.example.com/${SECRET}` }, headers: new Map() })).toBe(
    "hooks.example.com",
  );
  expect(await webhookHost({ url: { file: "/nowhere/hook" }, headers: new Map() })).toBeNull();
  const delivery = makeDelivery("late", { url: { file: "/nowhere/hook" }, headers: new Map() });
  delivery.send("1");
  expect((await until(delivery, ({ problem }) => problem !== null)).problem).toBe(
    "A file of the webhook cannot be read (ENOENT).",
  );
  delivery.stop();
});
