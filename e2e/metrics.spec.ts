import { request as httpRequest } from "node:http";
import { checkMetrics, query, startPrometheus } from "../scripts/test/prometheus.ts";
import { expect, kafkaEnvironment, test } from "./kafdeck.ts";

const TOKEN = "canary-scrape-77b";

/** As a scraper asks that knows the address only: fetch would correct the Host. */
function scrape(address: string, headers: { [name: string]: string }): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(`${address}/metrics`, { headers }, async (answer) => {
      let text = "";
      for await (const part of answer) text += String(part);
      resolve({ status: answer.statusCode ?? 0, text });
    });
    asked.on("error", reject);
    asked.end();
  });
}

test("a real Prometheus scrapes /metrics under any host name, with the token", async ({ start }) => {
  test.setTimeout(60_000);
  const kafdeck = await start({ ...kafkaEnvironment(), KAFDECK_METRICS_TOKEN: TOKEN });
  expect((await scrape(kafdeck.address, { host: "evil.test" })).status).toBe(401);
  const { status, text } = await scrape(kafdeck.address, { host: "10.0.0.7", authorization: `Bearer ${TOKEN}` });
  expect(status).toBe(200);
  expect(await checkMetrics(text)).toEqual({ code: 0, output: "" });
  expect(text).toContain("kafdeck_group_lag{");
  expect(text).not.toContain(TOKEN);
  const prometheus = await startPrometheus(new URL(kafdeck.address).host, TOKEN);
  try {
    await expect
      .poll(() => query(prometheus, "kafdeck_cluster_up"), { timeout: 20_000 })
      .toMatchObject([{ value: "1" }]);
    const lags = await query(prometheus, "kafdeck_group_lag");
    expect(lags.length).toBe(text.split("\n").filter((line) => line.startsWith("kafdeck_group_lag{")).length);
  } finally {
    await prometheus.stop();
  }
});
