import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { ClusterCards } from "../lib/api/clusters.ts";
import { operations } from "../lib/api/endpoints.ts";
import { queryString, url } from "../lib/api/url.ts";
import { freePorts } from "../scripts/kafka/ports.ts";
import { test as base, cluster, expect, kafkaEnvironment, messagesOf, produceOf, rows } from "./kafdeck.ts";

/** A folder for the test's own files. */
const test = base.extend<{ folder: string }>({
  folder: async ({ page: _ }, use) => {
    const folder = await mkdtemp(join(tmpdir(), "kafdeck-e2e-"));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

const topic = "orders.checkout.events";

/** The buttons and entries that change something are there, locked, and say why. */
async function expectLocked(page: Page, address: string, why: string): Promise<void> {
  await page.goto(address + url`/clusters/${cluster}/topics`);
  await expect(page.getByRole("row").filter({ hasText: topic })).toBeVisible();
  const create = page.getByRole("button", { name: "Create topic" });
  await expect(create).toBeDisabled();
  await create.hover();
  await expect(page.getByRole("tooltip").filter({ hasText: why })).toBeVisible();
  await page.goto(address + url`/clusters/${cluster}/topics/${topic}/partitions`);
  await page.getByRole("button", { name: `Actions for ${topic}` }).click();
  for (const action of ["Add partitions…", "Purge records…", "Delete topic…"]) {
    const entry = page.getByRole("menuitem", { name: action });
    await expect(entry).toBeDisabled();
    await expect(entry).toHaveAttribute("title", new RegExp(why));
  }
}

test("a read-only process refuses every change, and its buttons say why", async ({ page, request, start }) => {
  const { address, log } = await start({ ...kafkaEnvironment(), KAFDECK_READ_ONLY: "true" });
  for (const { method, path } of Object.values(operations).filter(({ permission }) => !permission.endsWith(".read"))) {
    const names: { [name: string]: string } = { cluster, topic, broker: "1" };
    const target = path.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? "0");
    const answer = await request.fetch(address + target, { method, data: { validateOnly: true } });
    expect(answer.status(), `${method} ${target}`).toBe(403);
    expect(await answer.json()).toMatchObject({ code: "read-only" });
  }
  expect(log()).toMatch(/"audit":true.*"outcome":"refused","code":"read-only"/);
  await expectLocked(page, address, "KAFDECK_READ_ONLY=true is set");
});

test("where nothing may be written, records are found and read all the same", async ({ page, request, start }) => {
  const { address } = await start({ ...kafkaEnvironment(), KAFDECK_READ_ONLY: "true" });
  const why = /KAFDECK_READ_ONLY=true is set/;
  const asked = await request.post(address + url`/api/clusters/${cluster}/messages/search`, {
    data: { topics: topic, q: "order", from: "oldest", limit: "3" },
  });
  expect(asked.status()).toBe(200);
  const lines = (await asked.text()).trim().split("\n");
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ type: "end", reason: "limit", hits: 3 });

  await page.goto(address + messagesOf(topic) + queryString({ q: "order", from: "oldest", limit: "50" }));
  await expect(page.getByText("50 hits.")).toBeVisible();
  await rows(page).first().click();
  await page.getByRole("button", { name: "Actions for this record" }).click();
  for (const action of ["Edit and resend…", "Copy to…", "Tombstone…"]) {
    const entry = page.getByRole("menuitem", { name: action });
    await expect(entry).toBeDisabled();
    await expect(entry).toHaveAttribute("title", why);
  }
  await page.goto(address + produceOf(topic));
  await expect(page.getByRole("button", { name: /^Send/ })).toBeDisabled();
  await page.goto(address + produceOf(topic) + queryString({ mode: "lines" }));
  await page.getByRole("textbox", { name: "JSON lines" }).fill('{"value": "1"}');
  await expect(page.getByRole("button", { name: "Send 1 record" })).toBeDisabled();
  await page.goto(`${address}${produceOf(topic)}/copy${queryString({ from: "0:0", toTopic: "audit.log" })}`);
  await expect(page.getByRole("button", { name: /^Copy/ }).last()).toBeDisabled();
});

test("a server that others can reach starts read-only, and every page says so", async ({ page, request, start }) => {
  const { address } = await start({ ...kafkaEnvironment(), KAFDECK_HOST: "0.0.0.0" });
  const notice = page.getByText(/Kafdeck listens on 0\.0\.0\.0 without a login, so it is read-only/);
  for (const path of ["/clusters", url`/clusters/${cluster}`, url`/clusters/${cluster}/topics`, "/help", "/api-docs"]) {
    await page.goto(address + path);
    await expect(notice).toBeVisible();
  }
  const answer = await request.delete(address + url`/api/clusters/${cluster}/topics/${topic}`);
  expect(answer.status()).toBe(403);
  await expectLocked(page, address, "listens beyond this machine without a login");
});

test.describe("down", () => {
  // The console tells of each answer that was an error.
  test.use({ expected: [/^console: Failed to load resource: the server responded with a status of 50[234] /] });

  test("a cluster that is down leaves the others be, and its card and the doctor say why", async ({
    page,
    request,
    start,
    folder,
  }) => {
    const [dead = 0] = await freePorts(1);
    const config = join(folder, "kafdeck.yaml");
    const clusters = [
      { name: cluster, bootstrap: kafkaEnvironment().KAFKA_BROKERS.split(",") },
      { name: "gone", label: "staging", bootstrap: [`127.0.0.1:${dead}`] },
    ];
    await writeFile(config, JSON.stringify({ clusters }));
    const { address } = await start({ KAFDECK_CONFIG: config });
    const { items } = (await (await request.get(`${address}/api/clusters`)).json()) as ClusterCards;
    expect(items.map(({ name }) => name)).toEqual([cluster, "gone"]);
    await page.goto(`${address}/clusters`);
    await expect(page.getByText("1 of 2 clusters up")).toBeVisible();
    await expect(page.getByRole("main").getByText("Down", { exact: true })).toBeVisible();
    await expect(page.getByText(new RegExp(`127\\.0\\.0\\.1:${dead}.*`)).first()).toBeVisible();
    await page.goto(address + url`/clusters/${"gone"}/doctor`);
    await expect(page.getByRole("heading", { name: "What to change" })).toBeVisible();
    await expect(
      page
        .getByRole("main")
        .getByText(/refused|Nothing listens/i)
        .first(),
    ).toBeVisible();
    await page.goto(address + url`/clusters/${cluster}/topics`);
    await expect(page.getByRole("row").filter({ hasText: topic })).toBeVisible();
  });

  test("a password of the configuration is nowhere: not in answers, pages or the log", async ({
    page,
    request,
    start,
    folder,
  }) => {
    const canary = "canary-8f2c1e";
    const [dead = 0] = await freePorts(1);
    const config = join(folder, "kafdeck.yaml");
    const settings = {
      name: "secret",
      bootstrap: [`127.0.0.1:${dead}`],
      tls: { passphrase: `${canary}-passphrase` },
      sasl: { mechanism: "SCRAM-SHA-512", username: "kafdeck", password: `${canary}-password` },
    };
    await writeFile(config, JSON.stringify({ clusters: [settings] }));
    const { address, log } = await start({ KAFDECK_CONFIG: config });
    const names: { [name: string]: string } = { cluster: "secret", topic, broker: "1" };
    for (const { method, path } of Object.values(operations).filter(({ method }) => method === "GET")) {
      const target = path.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? "0");
      const answer = await request.fetch(address + target, { method });
      expect(await answer.text(), target).not.toContain(canary);
      expect(JSON.stringify(answer.headers())).not.toContain(canary);
    }
    for (const path of ["/clusters", url`/clusters/${"secret"}/doctor`, url`/clusters/${"secret"}/capabilities`]) {
      await page.goto(address + path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
      expect(await page.content()).not.toContain(canary);
    }
    expect(log()).toContain("Configuration read.");
    expect(log()).not.toContain(canary);
  });
});
