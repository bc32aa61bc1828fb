import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, test } from "vitest";
import { contentSecurityPolicy, judge } from "./guard.ts";

const options = { hosts: ["kafdeck.example.com"], development: false };
const asked = (url: string, headers: IncomingHttpHeaders = {}, method = "GET") =>
  judge({ method, url, headers: { host: "127.0.0.1:9000", ...headers } }, options);

describe("the Host", () => {
  test.each([
    "localhost",
    "localhost:9000",
    "127.0.0.1:9000",
    "127.8.9.1",
    "[::1]:9000",
    "kafdeck.example.com",
    "KAFDECK.example.com:8443",
  ])("%s is known", (host) => expect(asked("/", { host })).toBeNull());
  test.each([
    "evil.test",
    "localhost.evil.test",
    "127.0.0.1.evil.test",
    "evil.test:9000",
    "127.0.0.1@evil.test",
    "",
    "[::2]",
  ])("%j is refused", (host) => expect(asked("/", { host })).toBe("wrong-host"));
  test("that is missing is refused", () => {
    expect(judge({ method: "GET", url: "/", headers: {} }, options)).toBe("wrong-host");
  });
  test("does not matter to a probe, and matters to what only looks like one", () => {
    expect(asked("/api/health", { host: "10.0.0.7:9000" })).toBeNull();
    expect(asked("/api/health?x=1", { host: "10.0.0.7:9000" })).toBeNull();
    expect(asked("/metrics", { host: "10.0.0.7:9000" })).toBeNull();
    expect(asked("/metrics/x", { host: "evil.test" })).toBe("wrong-host");
    expect(asked("/api/health/", { host: "evil.test" })).toBe("wrong-host");
    expect(asked("/api/healthy", { host: "evil.test" })).toBe("wrong-host");
  });
  test("may be anything where the operator says *", () => {
    expect(judge({ method: "GET", url: "/", headers: { host: "evil.test" } }, { ...options, hosts: ["*"] })).toBeNull();
  });
});

describe("headers by which the framework was broken into", () => {
  test.each([
    "next-action",
    "x-middleware-subrequest",
    "x-middleware-rewrite",
    "x-invoke-path",
    "x-matched-path",
    "x-nextjs-data",
    "x-now-route-matches",
    "next-resume",
  ])("%s never reaches it", (name) => {
    expect(asked("/", { [name]: "1" })).toBe("bad-request");
    expect(asked("/api/clusters", { [name]: "" }, "POST")).toBe("bad-request");
  });
  test("those of its own navigation do", () => {
    expect(asked("/clusters", { rsc: "1", "next-router-state-tree": "x", "x-nextjs-request-id": "1" })).toBeNull();
  });
  test("an upgrade is refused, except while developing", () => {
    expect(asked("/", { upgrade: "websocket" })).toBe("bad-request");
    expect(
      judge(
        { method: "GET", url: "/", headers: { host: "localhost", upgrade: "websocket" } },
        { ...options, development: true },
      ),
    ).toBeNull();
  });
});

describe("the target", () => {
  test.each([
    "http://evil.test/",
    "//evil.test/",
    "*",
    "evil.test:443",
    "/a%zz",
    "/%E0%A4%A",
    "/a%00b",
    "/a%5Cb",
    "/a\\b",
  ])("%j is refused", (url) => expect(asked(url)).toBe("bad-path"));
  test.each(["/", "/clusters/a~2Fb/topics", "/a%20b", "/?q=%zz", "/clusters/%F0%9F%A6%8A"])(
    "%j is let through",
    (url) => expect(asked(url)).toBeNull(),
  );
});

describe("the method", () => {
  test.each(["POST", "PATCH", "DELETE", "PUT"])("%s is for the API alone", (method) => {
    expect(asked("/clusters", {}, method)).toBe("method-not-allowed");
    expect(asked("/api", {}, method)).toBe("method-not-allowed");
    expect(asked("/api/clusters", {}, method)).toBeNull();
  });
  test.each(["TRACE", "CONNECT", "PROPFIND", "get"])("%s is refused", (method) => {
    expect(asked("/api/clusters", {}, method)).toBe("method-not-allowed");
  });
});

describe("a change", () => {
  const change = (headers: IncomingHttpHeaders) => asked("/api/clusters/a/topics", headers, "POST");
  test("from a page of Kafdeck is allowed", () => {
    expect(change({ "sec-fetch-site": "same-origin", origin: "http://127.0.0.1:9000" })).toBeNull();
    expect(change({ origin: "http://127.0.0.1:9000" })).toBeNull();
  });
  test("from curl, which says neither, is allowed", () => expect(change({})).toBeNull());
  test.each<IncomingHttpHeaders>([
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { "sec-fetch-site": "" },
    { origin: "http://evil.test" },
    { origin: "null" },
    { origin: "http://127.0.0.1:9001" },
    { origin: "http://localhost:9000" },
  ])("with %j is refused", (headers) => expect(change(headers)).toBe("cross-site"));
  test("a page of another site may still be answered what anybody may read", () => {
    expect(asked("/api/clusters", { "sec-fetch-site": "cross-site" })).toBeNull();
  });
});

test("the policy names the nonce and lets no other script run", () => {
  const policy = contentSecurityPolicy("abc", false);
  expect(policy).toContain("script-src 'self' 'nonce-abc';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe-eval");
});
