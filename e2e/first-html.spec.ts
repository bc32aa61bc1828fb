import type { Page } from "@playwright/test";
import { groupHref } from "../components/ui/group-href.ts";
import { url } from "../lib/api/url.ts";
import { groupsPage, test } from "./groups.ts";
import { cluster, expect, messagesOf, rows } from "./kafdeck.ts";

const topics = url`/clusters/${cluster}/topics`;

/** A server that has just started, or is busy, leaves the rows to the browser: asked again, it has them. */
const opened = (page: Page, address: string, check: () => Promise<void>) =>
  expect(async () => {
    await page.goto(address);
    await check();
  }).toPass();
const soon = { timeout: 500 };

test.describe("the first HTML", () => {
  test.use({ javaScriptEnabled: false });

  test("lists topics and groups, with their figures", async ({ page, makeGroup }) => {
    const row = rows(page).filter({ hasText: "orders.checkout.events" });
    await opened(page, topics, () => expect(row).toContainText("1200", soon));
    await expect(row.getByRole("link")).toHaveAttribute(
      "href",
      url`/clusters/${cluster}/topics/${"orders.checkout.events"}/messages`,
    );
    const group = await makeGroup({ "audit.log": [150n] });
    const listed = rows(page).filter({ hasText: group });
    await opened(page, groupsPage, () => expect(listed).toContainText("Empty", soon));
    await expect(listed.getByRole("link")).toHaveAttribute("href", groupHref(cluster, group));
  });

  test("holds what the address asks for: a filter, a sort, a place", async ({ page, makeTopic }) => {
    const filtered = `${topics}?q=payments&sort=-partitions`;
    const names = [/payments\.authorisation\.v3(?!\.dlq)/, /payments\.authorisation\.v3\.dlq/];
    await opened(page, filtered, () => expect(rows(page)).toHaveText(names, soon));
    const records = ["first", "second", "third"].map((value) => ({ value, partition: 0 }));
    const topic = await makeTopic({ records });
    const later = `${messagesOf(topic)}?from=offset:1&direction=newer`;
    await opened(page, later, () => expect(rows(page)).toHaveText([/second/, /third/], soon));
  });

  test("shows a payload as text, whatever is in it", async ({ page, makeTopic }) => {
    const hostile = "</script><script>document.title='ran'</script><img src=x onerror=alert(1)>";
    const topic = await makeTopic({ records: [{ key: hostile, value: hostile }] });
    await opened(page, messagesOf(topic), () => expect(rows(page)).toContainText(hostile, soon));
    expect(await page.locator("img[src=x]").count()).toBe(0);
  });

  test("has no rows where they cannot be read, and the page comes all the same", async ({ page, start }) => {
    const kafdeck = await start({ KAFKA_BROKERS: "127.0.0.1:1", KAFDECK_CLUSTER_NAME: "gone" });
    await page.goto(`${kafdeck.address}/clusters/gone/topics`);
    await expect(page.getByRole("heading", { level: 1, name: "Topics" })).toBeVisible();
  });
});

test("what stands in the HTML is taken over as it is, and asked for again with the next refresh", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname + new URL(request.url()).search));
  // A machine that is slow to start the page has what is old by then, and asks: not the first time, then the next.
  await expect(async () => {
    asked.length = 0;
    await page.goto(topics);
    await expect(rows(page).filter({ hasText: "orders.checkout.events" })).toBeVisible();
    expect(asked.filter((path) => path.endsWith("/topics?detail=all"))).toEqual([]);
  }).toPass();
  await page.keyboard.press("r");
  await expect.poll(() => asked.filter((path) => path.endsWith("/topics?detail=all")).length).toBeGreaterThan(0);
});

test("hostile payloads in the HTML run nothing", async ({ page, makeTopic }) => {
  const hostile = "</script><script>document.title='ran'</script>";
  const topic = await makeTopic({ records: [{ key: hostile, value: hostile }] });
  await page.goto(messagesOf(topic));
  await expect(rows(page)).toContainText(hostile);
  expect(await page.title()).not.toBe("ran");
});

test("what was typed before the scripts came is taken over", async ({ page, context }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await context.route(/_next.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  const alive = page.goto(topics, { waitUntil: "commit" });
  await page.getByRole("searchbox").fill("ledger");
  release();
  await alive;
  await expect(rows(page)).toHaveText([/ledger/]);
  await expect(page).toHaveURL(/q=ledger/);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true, userAgent: "Test Mobile Mobi" });
  test("rows come with the scripts, in their own shape", async ({ page }) => {
    const html = await (await page.request.get(topics, { headers: { accept: "text/html" } })).text();
    expect(html).not.toContain("orders.checkout.events");
    await page.goto(topics);
    await expect(rows(page).filter({ hasText: "orders.checkout.events" })).toBeVisible();
  });
});
