import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Problem } from "../../api/problem.ts";
import type { PrometheusSettings } from "../config-prometheus.ts";
import { askAt, askRange } from "./ask.ts";

const SECRET = "canary-prometheus-c41";
let close = () => {};
afterEach(() => close());

async function server(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<PrometheusSettings> {
  const listening = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += String(part);
    answer(request, response, body);
  });
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  close = () => listening.close().closeAllConnections();
  return {
    url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/base`,
    login: { bearer: { value: SECRET } },
    timeoutMs: 300,
    intervalMs: 1_000,
    matchers: {},
    clusters: new Map(),
  };
}
const refusal = async (work: Promise<unknown>): Promise<Problem> =>
  work.then(
    () => expect.fail("was not refused"),
    (error: { problem: Problem }) => error.problem,
  );

test("a question is a form under the configured path, with the login; its points are in milliseconds", async () => {
  const got: string[] = [];
  const settings = await server(({ url, method, headers }, response, body) => {
    got.push(`${method} ${url} ${headers.authorization} ${body}`);
    const result = [
      {
        metric: { group: "a" },
        values: [
          [1.5, "3"],
          [2, "NaN"],
          [3, "+Inf"],
        ],
      },
    ];
    response.end(JSON.stringify({ status: "success", data: { resultType: "matrix", result } }));
  });
  expect(await askRange(settings, "up", { from: 1_500, until: 3_000, stepMs: 500 })).toEqual([
    { labels: { group: "a" }, points: new Map([[1_500, 3]]) },
  ]);
  expect(got).toEqual([
    `POST /base/api/v1/query_range Bearer ${SECRET} query=up&start=1.500&end=3.000&step=0.500&timeout=300ms`,
  ]);
});

test.each<[string, (response: ServerResponse) => void, RegExp]>([
  ["a refused login", (response) => response.writeHead(401).end(), /^127\.0\.0\.1:\d+ answered 401\.$/],
  [
    "a question it does not take",
    (response) => response.writeHead(400).end(JSON.stringify({ status: "error", error: "parse error: x" })),
    /answered 400: parse error: x$/,
  ],
  ["silence", () => {}, /did not answer within 0\.3/],
  ["another page", (response) => response.end("<html>"), /answered something that is not of Prometheus/],
  [
    "a redirect, which is not followed",
    (response) => response.writeHead(302, { location: "http://evil.test" }).end(),
    /answered 302\.$/,
  ],
  [
    "an end in the middle",
    (response) => response.writeHead(200, { "content-length": "99" }).write("{") && response.destroy(),
    /cannot be reached/,
  ],
])("%s is a problem that names the host and no secret", async (_, answer, words) => {
  const settings = await server((_request, response) => answer(response));
  const problem = await refusal(askAt(settings, "up", 0));
  expect(problem).toMatchObject({ code: "prometheus-failed", status: 502 });
  expect(problem.detail).toMatch(words);
  expect(JSON.stringify(problem)).not.toContain(SECRET);
});

test("nobody there, a login that is not there, and a reader who went away are told apart", async () => {
  const settings = await server(() => {});
  const going = new AbortController();
  const asked = refusal(askAt(settings, "up", 0, going.signal));
  going.abort();
  expect((await asked).code).toBe("cancelled");
  const lost = { ...settings, login: { bearer: { file: "/nowhere/token" } } };
  expect((await refusal(askAt(lost, "up", 0))).detail).toBe("The file of its login cannot be read (ENOENT).");
  close();
  expect((await refusal(askAt(settings, "up", 0))).detail).toMatch(/cannot be reached \(ECONN/);
});
