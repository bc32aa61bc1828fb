import { request as httpRequest } from "node:http";
import { expect, test } from "@playwright/test";
import { url } from "../lib/api/url.ts";

type Answer = { status: number; headers: { [name: string]: string | string[] | undefined }; body: string };
type Asked = { method?: string; path?: string; headers?: { [name: string]: string }; body?: string };

/** One request as it is written here: a browser and fetch would correct the target, the Host and the headers. */
function ask({ method = "GET", path = "/", headers = {}, body }: Asked): Promise<Answer> {
  const { hostname, port } = new URL(process.env.KAFDECK_E2E_URL ?? "");
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, method, path, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(parts).toString("utf8"),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const topics = url`/api/clusters/${"embedded"}/topics`;
const json = { "content-type": "application/json" };
const newTopic = JSON.stringify({ name: "e2e.never-created", partitions: 1, replicationFactor: 1 });

/** Each is refused before anything is done, as a problem and without a stack. */
const refused: { [what: string]: { asked: Asked; status: number; code: string } } = {
  "a host name of somebody else": {
    asked: { headers: { host: "evil.test" } },
    status: 421,
    code: "wrong-host",
  },
  "a host name that only begins like ours": {
    asked: { headers: { host: "127.0.0.1.evil.test" } },
    status: 421,
    code: "wrong-host",
  },
  "a change from a page of another site": {
    asked: {
      method: "POST",
      path: topics,
      headers: { ...json, "sec-fetch-site": "cross-site", origin: "http://evil.test" },
      body: newTopic,
    },
    status: 403,
    code: "cross-site",
  },
  "a change with another Origin": {
    asked: { method: "POST", path: topics, headers: { ...json, origin: "http://evil.test" }, body: newTopic },
    status: 403,
    code: "cross-site",
  },
  "a form in place of JSON": {
    asked: {
      method: "POST",
      path: topics,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "name=e2e.never-created",
    },
    status: 415,
    code: "not-json",
  },
  "JSON that says it is plain text": {
    asked: { method: "POST", path: topics, headers: { "content-type": "text/plain" }, body: newTopic },
    status: 415,
    code: "not-json",
  },
  "a server action": {
    asked: { method: "POST", path: "/clusters", headers: { "next-action": "0" }, body: "[]" },
    status: 400,
    code: "bad-request",
  },
  "a header that skips middleware": {
    asked: { headers: { "x-middleware-subrequest": "middleware" } },
    status: 400,
    code: "bad-request",
  },
  "a page that is posted to": { asked: { method: "POST", path: "/clusters" }, status: 405, code: "method-not-allowed" },
  "an absolute target": { asked: { path: "http://evil.test/clusters" }, status: 400, code: "bad-path" },
  "a target of another authority": { asked: { path: "//evil.test/clusters" }, status: 400, code: "bad-path" },
  "a path that does not decode": { asked: { path: "/clusters/%zz/topics" }, status: 400, code: "bad-path" },
  "an API path that does not decode": { asked: { path: "/api/clusters/%c3%28" }, status: 400, code: "bad-path" },
  "a path with a NUL": { asked: { path: "/clusters/%00" }, status: 400, code: "bad-path" },
  "a name whose escape is cut short": { asked: { path: "/api/clusters/~4" }, status: 400, code: "bad-path" },
  "an API path that nothing serves": { asked: { path: "/api/no/such/path" }, status: 404, code: "not-found" },
  "a cluster that is not configured": {
    asked: { path: url`/api/clusters/${"other"}/topics` },
    status: 404,
    code: "cluster-not-found",
  },
  "a topic that does not exist": {
    asked: { path: url`/api/clusters/${"embedded"}/topics/${"no.such.topic"}` },
    status: 404,
    code: "topic-not-found",
  },
  "a body that is not JSON": {
    asked: { method: "POST", path: topics, headers: json, body: '{"name":' },
    status: 400,
    code: "bad-request",
  },
  "a body that is no topic": {
    asked: { method: "POST", path: topics, headers: json, body: '{"name":7}' },
    status: 400,
    code: "bad-request",
  },
};

for (const [what, { asked, status, code }] of Object.entries(refused)) {
  test(`${what} is refused`, async () => {
    const answer = await ask(asked);
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(answer.body)).toMatchObject({ status, code });
    expect(answer.body).not.toMatch(/\n\s*at |node_modules|\.ts:\d/);
  });
}

test("an upgrade of the connection is refused", async () => {
  const answer = await ask({
    path: "/_next/webpack-hmr",
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-key": "AAAA",
      "sec-websocket-version": "13",
    },
  }).catch((error: NodeJS.ErrnoException) => ({ status: error.code }));
  expect([400, "ECONNRESET"]).toContain(answer.status);
});

test("the health is told to probes under any host name", async () => {
  const answer = await ask({ path: "/api/health", headers: { host: "10.0.0.7:9000" } });
  expect(answer.status).toBe(200);
});

test("a page allows scripts by a nonce of its own only, and no frame around it", async () => {
  const policies = await Promise.all([ask({ path: "/clusters" }), ask({ path: "/clusters" })]).then((answers) =>
    answers.map(({ headers }) => String(headers["content-security-policy"])),
  );
  for (const policy of policies) {
    expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}'(;|$)/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe-eval");
  }
  expect(policies[0]).not.toBe(policies[1]);
});

test("answers of the API are neither sniffed nor kept, and say what they cost", async () => {
  const { headers } = await ask({ path: topics });
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["cache-control"]).toBe("no-store");
  expect(headers["server-timing"]).toMatch(/^kafka;dur=[\d.]+;desc="\d+ requests"$/);
  expect(headers["x-powered-by"]).toBeUndefined();
});
