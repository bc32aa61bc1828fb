import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { endpoint } from "../api/endpoint.ts";
import { clusterParams, topicParams } from "../api/lists.ts";
import { makeProblem, ProblemError } from "../api/problem.ts";
import { countRequest } from "../kafka/cost.ts";
import { clusterAt } from "../kafka/testing.ts";
import { route } from "./route.ts";
import type { state } from "./state.ts";

type State = ReturnType<typeof state>;
const KEY = Symbol.for("kafdeck.state");
const holder = globalThis as { [KEY]?: State };

let folder: string;
const auditFile = () => join(folder, "audit.jsonl");
const auditLines = () =>
  readFileSync(auditFile(), "utf8")
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
let stderr: ReturnType<typeof vi.spyOn>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kafdeck-route-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  delete holder[KEY];
});
beforeEach(() => {
  writeFileSync(auditFile(), "");
  const open = clusterAt("127.0.0.1:1", { name: "open" });
  const closed = clusterAt("127.0.0.1:1", { name: "closed", readOnly: true, readOnlyReason: "as configured" });
  holder[KEY] = {
    configuration: {
      clusters: [open.settings, closed.settings],
      readOnly: false,
      readOnlyReason: null,
      notices: [],
      auditFile: auditFile(),
      source: "the test",
    },
    clusters: new Map([open, closed].map((one) => [one.name, one])),
    startedAt: Date.now(),
    stopping: false,
  } as unknown as State;
  stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => stderr.mockRestore());

const readTopic = endpoint("GET", "/api/clusters/{cluster}/topics/{topic}", {
  permission: "topics.read",
  summary: "For the test",
  params: topicParams,
  query: z.object({ limit: z.string().regex(/^\d+$/).optional() }),
  response: z.object({ topic: z.string() }),
});
const alterTopic = endpoint("PATCH", "/api/clusters/{cluster}/topics/{topic}", {
  permission: "topics.alter",
  summary: "For the test",
  params: topicParams,
  body: z.object({
    configs: z.record(z.string(), z.string().nullable()).optional(),
    partitions: z.number().int().optional(),
    nested: z.object({ list: z.array(z.number()) }).optional(),
    validateOnly: z.boolean().optional(),
  }),
  response: z.object({}),
});

const params = (given: Record<string, string>) => ({ params: Promise.resolve(given) });
const here = params({ cluster: "open", topic: "a" });
const request = (method: string, body?: unknown, type = "application/json", query = "") =>
  new Request(`http://127.0.0.1/api/clusters/open/topics/a${query}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: typeof body === "string" ? body : JSON.stringify(body), headers: { "content-type": type } }),
  });
const reading = route(readTopic, async ({ params: { topic } }) => ({ topic }));
const altering = route(alterTopic, async () => ({}));
const problemOf = async (answer: Response) => {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const problem = await answer.json();
  expect(problem.status).toBe(answer.status);
  return problem;
};

describe("a handler made by route()", () => {
  test("answers with what the handler gave and what it cost", async () => {
    const counting = route(readTopic, async ({ params: { topic } }) => {
      countRequest();
      countRequest();
      return { topic };
    });
    const answer = await counting(request("GET"), here);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ topic: "a" });
    expect(answer.headers.get("server-timing")).toMatch(/^kafka;dur=[\d.]+;desc="2 requests"$/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test.each([
    ["orders~2Ersc", "orders.rsc"],
    ["~2E~2E", ".."],
    ["~", ""],
    ["plain.name", "plain.name"],
    ["a%20b", "a b"],
    ["~3Cimg%20src", "<img src"],
  ])("reads the segment %s as the name %j", async (segment, name) => {
    expect(await (await reading(request("GET"), params({ cluster: "open", topic: segment }))).json()).toEqual({
      topic: name,
    });
  });

  test.each(["~2", "%zz", "~C3"])("calls the segment %s a bad path", async (segment) => {
    const answer = await reading(request("GET"), params({ cluster: "open", topic: segment }));
    expect(await problemOf(answer)).toMatchObject({ code: "bad-path", status: 400 });
  });

  test("finds no cluster that is not configured", async () => {
    const answer = await reading(request("GET"), params({ cluster: "absent", topic: "a" }));
    expect(await problemOf(answer)).toMatchObject({ code: "cluster-not-found", status: 404, detail: "absent" });
  });

  test("names the field of a query that is wrong", async () => {
    const answer = await reading(request("GET", undefined, "", "?limit=many"), here);
    expect(await problemOf(answer)).toMatchObject({ code: "bad-request", field: "limit" });
  });

  test("names the field of a body that is wrong, however deep", async () => {
    const answer = await altering(request("PATCH", { nested: { list: [1, "two"] } }), here);
    expect(await problemOf(answer)).toMatchObject({ code: "bad-request", status: 400, field: "nested.list.1" });
  });

  test.each([
    ["text/plain", '{"partitions": 3}'],
    ["application/x-www-form-urlencoded", "partitions=3"],
  ])("takes no body of type %s", async (type, body) => {
    expect(await problemOf(await altering(request("PATCH", body, type), here))).toMatchObject({
      code: "not-json",
      status: 415,
    });
  });

  test("tells a body that does not parse", async () => {
    expect(await problemOf(await altering(request("PATCH", "{"), here))).toMatchObject({
      code: "bad-request",
      status: 400,
    });
  });

  test("takes no body as an empty one", async () => {
    expect((await altering(request("PATCH"), here)).status).toBe(200);
  });

  test.each([
    ["a misspelt field", { validateonly: true }, "", "validateonly"],
    ["validateOnly in the query", undefined, "?validateOnly=true", "validateOnly"],
  ])("writes nothing for %s", async (_, body, query, field) => {
    const handler = vi.fn(async () => ({}));
    const answer = await route(alterTopic, handler)(request("PATCH", body, "application/json", query), here);
    expect(await problemOf(answer)).toMatchObject({ code: "bad-request", status: 400, field });
    expect(handler).not.toHaveBeenCalled();
  });

  test("passes over nothing misspelt in the query of a read, and tells what the query takes", async () => {
    const handler = vi.fn(async () => ({ topic: "a" }));
    const answer = await route(readTopic, handler)(request("GET", undefined, "", "?limt=3&limit=3&form=oldest"), here);
    expect(await problemOf(answer)).toMatchObject({
      code: "bad-request",
      status: 400,
      field: "limt",
      detail: "In the query: limt, form are not known. The query takes limit.",
    });
    expect(handler).not.toHaveBeenCalled();
  });

  test("makes changes of one target one after the other, also after one that failed, and lets plans pass", async () => {
    const steps: string[] = [];
    const slow = route(alterTopic, async ({ body: { partitions, validateOnly } }) => {
      const name = validateOnly ? "plan" : String(partitions);
      steps.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, validateOnly ? 1 : 30));
      steps.push(`${name} ends`);
      if (partitions === 1) throw new Error("the first fails");
      return {};
    });
    const bodies = [{ partitions: 1 }, { partitions: 2 }, { validateOnly: true }];
    const answers = await Promise.all(bodies.map((body) => slow(request("PATCH", body), here)));
    expect(answers.map(({ status }) => status)).toEqual([500, 200, 200]);
    expect(steps.indexOf("plan ends")).toBeLessThan(steps.indexOf("1 ends"));
    expect(steps.filter((step) => !step.startsWith("plan"))).toEqual(["1 begins", "1 ends", "2 begins", "2 ends"]);
  });

  test("writes to the audit what a query names, also of what was refused", async () => {
    const forget = endpoint("DELETE", "/api/clusters/{cluster}/topics/{topic}", {
      permission: "topics.delete",
      summary: "For the test",
      params: topicParams,
      query: z.object({ group: z.string() }),
      response: z.object({}),
    });
    await route(forget, async () => ({}))(
      request("DELETE", undefined, "application/json", "?group=g"),
      params({ cluster: "closed", topic: "a" }),
    );
    expect(auditLines()).toMatchObject([{ target: { cluster: "closed", topic: "a", group: "g" }, outcome: "refused" }]);
  });

  test("makes different changes of one target one after the other, too", async () => {
    const steps: string[] = [];
    const noted = (name: string) => async () => {
      steps.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      steps.push(`${name} ends`);
      return {};
    };
    const remove = endpoint("DELETE", "/api/clusters/{cluster}/topics/{topic}", {
      permission: "topics.delete",
      summary: "For the test",
      params: topicParams,
      response: z.object({}),
    });
    const [alter, other] = [route(alterTopic, noted("alter")), route(remove, noted("remove"))];
    await Promise.all([alter(request("PATCH", { partitions: 2 }), here), other(request("DELETE"), here)]);
    expect(steps).toHaveLength(4);
    expect(steps[1]?.split(" ")[0]).toBe(steps[0]?.split(" ")[0]);
  });

  test("stops reading a body that is too large", async () => {
    const body = JSON.stringify({ configs: { a: "x".repeat(5 * 1024 * 1024) } });
    const answer = await altering(request("PATCH", body), here);
    expect(answer.headers.get("connection")).toBe("close");
    expect(await problemOf(answer)).toMatchObject({ code: "too-large", status: 413 });
  });

  test("passes on what was thrown on purpose", async () => {
    const failing = route(readTopic, () => {
      throw new ProblemError("topic-not-found", "a", { topic: "a" });
    });
    expect(await problemOf(await failing(request("GET"), here))).toMatchObject({
      code: "topic-not-found",
      topic: "a",
      status: 404,
    });
    expect(stderr).not.toHaveBeenCalled();
  });

  test("tells what nobody foresaw as an id that the log knows, without stack or words", async () => {
    const failing = route(readTopic, () => {
      throw new TypeError("secret-word of undefined");
    });
    const answer = await failing(request("GET"), here);
    const text = await answer.clone().text();
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ code: "unexpected", status: 500, id: expect.stringMatching(/^[0-9a-f]{8}$/) });
    expect(text).not.toMatch(/secret-word|TypeError|\.ts/);
    const logged = stderr.mock.calls.map(([line]: unknown[]) => String(line)).join("");
    expect(logged).toContain(problem.id);
    expect(logged).toContain("secret-word");
  });

  test("answers nothing any more once the process stops", async () => {
    const current = holder[KEY];
    if (current) current.stopping = true;
    expect(await problemOf(await reading(request("GET"), here))).toMatchObject({
      code: "server-stopping",
      status: 503,
    });
  });
});

describe("a stream", () => {
  const lines = endpoint("GET", "/api/clusters/{cluster}/lines", {
    permission: "messages.read",
    summary: "For the test",
    params: clusterParams,
    response: z.object({ at: z.number() }),
    answers: "ndjson",
  });

  test("is one JSON document a line", async () => {
    const streaming = route(lines, async function* () {
      yield { at: 1 };
      yield { at: 2 };
    });
    const answer = await streaming(request("GET"), params({ cluster: "open" }));
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
    expect(await answer.text()).toBe('{"at":1}\n{"at":2}\n');
  });

  test("that fails before its first line has a status of its own", async () => {
    const streaming = route(lines, async function* () {
      yield* [];
      throw new ProblemError("topic-not-found");
    });
    expect((await streaming(request("GET"), params({ cluster: "open" }))).status).toBe(404);
  });

  test("that nobody reads any more ends what makes it", async () => {
    let ended = false;
    const streaming = route(lines, async function* () {
      try {
        for (let at = 0; ; at++) yield { at };
      } finally {
        ended = true;
      }
    });
    const answer = await streaming(request("GET"), params({ cluster: "open" }));
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(ended).toBe(true);
  });
});

describe("a file", () => {
  const download = endpoint("GET", "/api/clusters/{cluster}/file", {
    permission: "messages.read",
    summary: "For the test",
    params: clusterParams,
    response: z.string(),
    answers: "file",
  });

  test("that fails in the middle breaks off, and the log says why", async () => {
    const failing = route(download, () => ({
      name: "a.jsonl",
      mediaType: "application/jsonl",
      body: (async function* () {
        yield Buffer.from("one\n");
        throw new ProblemError("topic-not-found", "a");
      })(),
    }));
    const answer = await failing(request("GET"), params({ cluster: "open" }));
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    const logged = stderr.mock.calls.map(([line]: unknown[]) => String(line)).join("");
    expect(logged).toMatch(/A download broke off.*a\.jsonl.*topic-not-found/);
  });
});

describe("a stream of a write", () => {
  const copying = endpoint("POST", "/api/clusters/{cluster}/topics/{topic}/copy", {
    permission: "messages.produce",
    summary: "For the test",
    params: topicParams,
    body: z.object({
      records: z.array(z.object({ value: z.string() })),
      from: z.object({ cluster: z.string(), query: z.object({ topics: z.string(), q: z.string() }) }),
    }),
    bodyBytes: 6 << 20,
    response: z.unknown(),
    answers: "ndjson",
  });
  const body = {
    records: [{ value: "canary-46" }, { value: "canary-47" }],
    from: { cluster: "other", query: { topics: "b", q: "canary-48" } },
  };
  const send = (work: (tell: (did: Record<string, unknown>) => void) => AsyncIterable<unknown>) =>
    route(copying, ({ tell }) => work(tell))(request("POST", body), here);

  test("is in the audit when it has ended, with what came of it and no payload", async () => {
    const answer = await send(async function* (tell) {
      yield { type: "plan" };
      tell({ copied: 2 });
      yield { type: "end" };
    });
    expect(auditLines()).toEqual([]);
    await answer.text();
    expect(auditLines()).toMatchObject([
      {
        outcome: "done",
        code: null,
        did: { copied: 2 },
        target: { cluster: "open", topic: "a", records: 2, from: { cluster: "other", query: { topics: "b" } } },
      },
    ]);
    expect(readFileSync(auditFile(), "utf8")).not.toContain("canary");
  });

  test("that ends with an error line, or is left, has failed", async () => {
    const failing = await send(async function* (tell) {
      tell({ copied: 1 });
      yield { type: "error", problem: makeProblem("no-leader") };
    });
    await failing.text();
    const left = await send(async function* () {
      for (;;) yield { type: "progress" };
    });
    await left.body?.cancel();
    expect(auditLines()).toMatchObject([
      { outcome: "failed", code: "no-leader", did: { copied: 1 } },
      { outcome: "failed", code: "cancelled", did: null },
    ]);
  });

  test("that fails before its first line has one audit line, and one id where nobody foresaw it", async () => {
    const answer = await send(async function* () {
      yield* [];
      throw new TypeError("secret-word");
    });
    const problem = await problemOf(answer);
    expect(auditLines()).toMatchObject([{ outcome: "failed", code: "unexpected" }]);
    const logged = stderr.mock.calls.map(([line]: unknown[]) => String(line));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain(problem.id);
  });

  test("takes a body as large as its endpoint says", async () => {
    const large = { ...body, records: [{ value: "x".repeat(5 << 20) }] };
    const handler = route(copying, async function* () {
      yield {};
    });
    expect((await handler(request("POST", large), here)).status).toBe(200);
    const larger = { ...body, records: [{ value: "x".repeat(6 << 20) }] };
    expect(await problemOf(await handler(request("POST", larger), here))).toMatchObject({ code: "too-large" });
  });
});

describe("a name of megabytes", () => {
  const long = "x".repeat(1_000_000);

  test("is refused in the path, and kept short in the audit", async () => {
    const answer = await altering(request("PATCH", {}), params({ cluster: "open", topic: long }));
    expect(await problemOf(answer)).toMatchObject({ code: "bad-request", field: "topic" });
    expect(auditLines()[0].target.topic).toBe(`${"x".repeat(300)}…`);
  });

  test("is not written back by a problem that names it", async () => {
    const failing = route(readTopic, () => {
      throw new ProblemError("topic-not-found", long, { topic: long });
    });
    const answer = await failing(request("GET"), here);
    expect((await answer.clone().text()).length).toBeLessThan(3000);
    expect((await problemOf(answer)).topic).toBe(`${"x".repeat(300)}…`);
  });
});

describe("the audit", () => {
  test("has a line for each change, with names of configs and never their values", async () => {
    await altering(request("PATCH", { configs: { "ssl.key": "canary-44" }, partitions: 3, validateOnly: true }), here);
    expect(auditLines()).toMatchObject([
      {
        audit: true,
        actor: "anonymous",
        cluster: "open",
        action: "topics.alter",
        request: "PATCH /api/clusters/open/topics/a",
        target: { cluster: "open", topic: "a", configs: ["ssl.key"], partitions: 3 },
        validateOnly: true,
        outcome: "done",
        code: null,
      },
    ]);
    expect(readFileSync(auditFile(), "utf8")).not.toContain("canary-44");
  });

  test("keeps nothing of a body that the contract does not know, and lets no body rename the target", async () => {
    await altering(request("PATCH", { topic: "another", cluster: "another", payload: "canary-45" }), here);
    expect(auditLines()[0].target).toEqual({ cluster: "open", topic: "a" });
    expect(readFileSync(auditFile(), "utf8")).not.toContain("canary-45");
  });

  test("has a line for what was refused, and the handler never ran", async () => {
    const handler = vi.fn(async () => ({}));
    const answer = await route(alterTopic, handler)(
      request("PATCH", { partitions: 3 }),
      params({ cluster: "closed", topic: "a" }),
    );
    expect(await problemOf(answer)).toMatchObject({ code: "read-only", status: 403, detail: "as configured" });
    expect(handler).not.toHaveBeenCalled();
    expect(auditLines()).toMatchObject([
      { outcome: "refused", code: "read-only", target: { topic: "a", partitions: 3 } },
    ]);
  });

  test("refuses before it looks at the body", async () => {
    const answer = await altering(request("PATCH", "{", "text/plain"), params({ cluster: "closed", topic: "a" }));
    expect(answer.status).toBe(403);
  });

  test("has a line for what failed, and none for a read", async () => {
    await reading(request("GET"), here);
    expect(auditLines()).toEqual([]);
    const failing = route(alterTopic, async () => {
      throw new ProblemError("policy-violation", "not on a Friday");
    });
    await failing(request("PATCH", {}), here);
    expect(auditLines()).toMatchObject([{ outcome: "failed", code: "policy-violation" }]);
  });

  test("goes to standard output where its file cannot be written", async () => {
    const stdout = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const current = holder[KEY];
    if (current) current.configuration.auditFile = join(folder, "absent", "audit.jsonl");
    await altering(request("PATCH", {}), here);
    const written = stdout.mock.calls.map(([line]) => String(line)).join("");
    stdout.mockRestore();
    expect(JSON.parse(written)).toMatchObject({ audit: true, action: "topics.alter" });
  });
});
