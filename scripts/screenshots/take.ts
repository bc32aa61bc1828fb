import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import type { GroupList } from "../../lib/api/groups.ts";
import { queryString, url } from "../../lib/api/url.ts";
import { root } from "../lib/paths.mjs";
import { step } from "../lib/steps.mjs";
import { chromiumPath } from "../lib/system.mjs";
import { startChild } from "../start/children.ts";
import { isAlive } from "../test/alive.ts";
import setUp from "../test/playwright-setup.ts";
import { toPalettePng } from "./palette-png.ts";

const folder = join(root, "public", "screenshots");
const cluster = "embedded";
const topic = url`/clusters/${cluster}/topics/${"orders.checkout.events"}`;

/**
 * A picture: its page, what must stand there before it is taken, what must be drawn (a selector), and what is clicked first. A
 * function's page is of that moment.
 */
type Shot = { name: string; path: string | (() => string); ready: string; drawn?: string; click?: string };

/** How long the demo's groups are sampled first. */
const watchMs = 5 * 60_000;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();
const groups = url`/clusters/${cluster}/groups`;

const shots: Shot[] = [
  { name: "overview", path: url`/clusters/${cluster}`, ready: "Biggest topics" },
  { name: "topics", path: url`/clusters/${cluster}/topics`, ready: "telemetry.clickstream" },
  { name: "messages", path: `${topic}/messages`, ready: "50 records shown", click: "OrderPaid" },
  {
    name: "configs",
    path: topic + url`/configs` + queryString({ config: "retention.ms" }),
    ready: "Where Kafka looks",
  },
  { name: "groups", path: groups, ready: "payments-fraud-scoring" },
  {
    name: "group",
    path: () =>
      url`/clusters/${cluster}/groups/${"payments-fraud-scoring"}` +
      queryString({ from: ago(watchMs), until: ago(10_000) }),
    ready: "fraud-scoring-1",
    drawn: "main [role=img] svg path",
  },
  {
    name: "reset",
    path: url`/clusters/${cluster}/groups/${"nightly-settlement-report"}/reset` + queryString({ to: "earliest" }),
    ready: "records are not touched",
  },
  { name: "doctor", path: url`/clusters/${cluster}/doctor`, ready: "Nothing to change" },
];
const desk = { width: 1400, height: 900 };
const phone = { width: 375, height: 812 };

type Look = { theme: "light" | "dark"; size: typeof desk; suffix: string };

/** Writes public/screenshots, from a broker with the demo at work and the built server. Throws where a page does not come. */
export async function takeScreenshots(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const stop = await setUp();
  const demo = startChild("scripts/demo.ts", [process.env.KAFDECK_E2E_BOOTSTRAP ?? ""], {}, "ignore");
  const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];
  const browser = await chromium.launch({ executablePath: chromiumPath() ?? undefined, args });
  try {
    await step("history", untilWatched);
    for (const shot of shots) {
      for (const theme of ["light", "dark"] as const) await take(browser, shot, { theme, size: desk, suffix: theme });
    }
    for (const shot of shots.filter(({ name }) => name === "topics" || name === "groups"))
      await take(browser, shot, { theme: "light", size: phone, suffix: "phone" });
  } finally {
    await browser.close();
    await demo.stop(5000);
    await stop();
  }
}

/** The history's own word counts: a machine that slept has sampled less than the clock says. */
async function untilWatched(): Promise<string> {
  for (;;) {
    const answer = await fetch(process.env.KAFDECK_E2E_URL + url`/api/clusters/${cluster}/groups`);
    const { history } = (await answer.json()) as GroupList;
    const watched = Date.parse(history.lastSampleAt ?? "") - Date.parse(history.since ?? "");
    if (watched >= watchMs) return `of ${Math.round(watched / 60_000)} min`;
    await new Promise((resolve) => setTimeout(resolve, 5000));
  }
}

const take = (browser: Browser, shot: Shot, { theme, size, suffix }: Look): Promise<void> =>
  step(`${shot.name}-${suffix}`, async () => {
    const page = await browser.newPage({
      baseURL: process.env.KAFDECK_E2E_URL,
      viewport: size,
      colorScheme: theme,
      reducedMotion: "reduce",
    });
    await open(page, shot);
    const picture = toPalettePng(await page.screenshot());
    await page.close();
    await writeFile(join(folder, `${shot.name}-${suffix}.png`), picture);
    return `${Math.round(picture.length / 1000)} kB`;
  });

async function open(page: Page, { path, ready, drawn, click }: Shot): Promise<void> {
  await page.goto(typeof path === "string" ? path : path());
  const main = page.getByRole("main");
  await main.getByText(ready).first().waitFor();
  await page.waitForFunction(isAlive);
  if (drawn) await page.locator(drawn).first().waitFor();
  if (click) {
    await main.getByRole("row").filter({ hasText: click }).first().click();
    await main.getByRole("complementary").getByText(click).first().waitFor();
  }
  await page.locator("main [aria-busy=true]").first().waitFor({ state: "detached" });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.mouse.move(0, 0);
}
