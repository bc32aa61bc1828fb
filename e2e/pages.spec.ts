import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { queryString, url } from "../lib/api/url.ts";
import { cluster, expect, failedToLoad, test } from "./kafdeck.ts";

type Opened = {
  path: string;
  /** The name of the thing: the one h1. */
  h1: string | RegExp;
  /** Something that only stands there once the answers have come. */
  shows: string | RegExp;
  expected?: RegExp[];
};

const topic = "orders.checkout.events";
const of = (page: string) => url`/clusters/${cluster}/topics/${topic}/${page}`;
/** Of the demo: it has no members, and stands in the middle of its topic. */
const group = url`/clusters/${cluster}/groups/${"nightly-settlement-report"}`;

const pages: Record<string, Opened> = {
  "the list of clusters": { path: "/clusters", h1: "Clusters", shows: "Check connection" },
  "the overview": { path: url`/clusters/${cluster}`, h1: cluster, shows: "Biggest topics" },
  "the list of brokers": { path: url`/clusters/${cluster}/brokers`, h1: "Brokers", shows: /127\.0\.0\.1/ },
  "the configs of a broker": {
    path: url`/clusters/${cluster}/brokers/1/configs`,
    h1: "Broker 1",
    shows: "advertised.listeners",
  },
  "the loggers of a broker": {
    path: url`/clusters/${cluster}/brokers/1/loggers`,
    h1: "Broker 1",
    shows: /^kafka(\.|$)/,
  },
  "the log dirs of a broker": { path: url`/clusters/${cluster}/brokers/1/log-dirs`, h1: "Broker 1", shows: topic },
  "the cluster-wide defaults": {
    path: url`/clusters/${cluster}/brokers/default/configs`,
    h1: "Cluster-wide defaults",
    shows: /^log\./,
  },
  "the list of topics": { path: url`/clusters/${cluster}/topics`, h1: "Topics", shows: topic },
  "the creation of a topic": {
    path: url`/clusters/${cluster}/topics/new`,
    h1: "Create topic",
    shows: /^Nothing has been written yet/,
  },
  "the creation of a topic like another": {
    path: url`/clusters/${cluster}/topics/new` + queryString({ from: topic }),
    h1: "Create topic",
    shows: "retention.ms",
  },
  "the messages of a topic": { path: of("messages"), h1: topic, shows: "50 records shown" },
  "an opened record": {
    path: of("messages") + queryString({ from: "offset:0", partition: "0", at: "0:0" }),
    h1: topic,
    shows: "Why JSON",
  },
  "the writing of a record": { path: of("produce"), h1: topic, shows: /^Once the value is right/ },
  "the writing of JSON lines": {
    path: of("produce") + queryString({ mode: "lines" }),
    h1: topic,
    shows: /^Paste lines/,
  },
  "the copying of records": {
    path: `${of("produce")}/copy${queryString({ from: "0:0", toTopic: "audit.log" })}`,
    h1: topic,
    shows: /Keys, values and headers stay byte for byte/,
  },
  "the way of a key": {
    path:
      url`/clusters/${cluster}/search` + queryString({ q: "order", match: "contains", names: topic, from: "oldest" }),
    h1: "Follow a key",
    // The choice of how many hits to find speaks of hits too.
    shows: /^\d+ hits; stopped after/,
  },
  "the hits of a search": {
    path: of("messages") + queryString({ q: "order", from: "oldest" }),
    h1: topic,
    shows: /^200 hits\./,
  },
  "a filter with a mistake": {
    path: of("messages") + queryString({ filter: "value.status ==" }),
    h1: topic,
    shows: "At character",
    expected: [failedToLoad(400)],
  },
  "a live tail": { path: of("messages") + queryString({ follow: "1" }), h1: topic, shows: "0 records came" },
  "the partitions of a topic": { path: of("partitions"), h1: topic, shows: "In sync" },
  "the configs of a topic": { path: of("configs"), h1: topic, shows: "retention.ms" },
  "an opened config": { path: of("configs") + queryString({ config: "retention.ms" }), h1: topic, shows: "counts" },
  "the ACLs of a topic": {
    path: of("acls"),
    h1: topic,
    shows: "This cluster keeps no ACLs",
    expected: [failedToLoad(501)],
  },
  "the groups that read a topic": {
    path: url`/clusters/${cluster}/topics/${"payments.authorisation.v3"}/consumers`,
    h1: "payments.authorisation.v3",
    shows: "nightly-settlement-report",
  },
  "the list of groups": {
    path: url`/clusters/${cluster}/groups`,
    h1: "Consumer groups",
    shows: "nightly-settlement-report",
  },
  "a group": { path: group, h1: "nightly-settlement-report", shows: /^No member: nothing reads at the moment/ },
  "the lag of a group by partition": {
    path: group + queryString({ by: "partition", range: "24h" }),
    h1: "nightly-settlement-report",
    shows: /^No member: nothing reads at the moment/,
  },
  "a reset": {
    path: `${group}/reset${queryString({ to: "earliest" })}`,
    h1: "Reset offsets",
    shows: /^12 committed offsets will change/,
  },
  "a reset that skips": {
    path: `${group}/reset${queryString({ to: "latest" })}`,
    h1: "Reset offsets",
    shows: /^This group will never read/,
  },
  "a reset by a file": {
    path: `${group}/reset${queryString({ to: "file" })}`,
    h1: "Reset offsets",
    shows: /^Lines of topic,partition,offset/,
  },
  "the creation of a group": {
    path: url`/clusters/${cluster}/groups/new` + queryString({ group: "new-readers", to: "latest", topics: topic }),
    h1: "Create a group at offsets",
    shows: /^A group is made with 6 committed offsets/,
  },
  "the board of the worst groups": {
    path: url`/clusters/${cluster}/lag`,
    h1: /lag/i,
    shows: "nightly-settlement-report",
  },
  "the alert rules": { path: url`/clusters/${cluster}/alerts`, h1: "Alerts", shows: "No alert rules" },
  "the connection doctor": {
    path: url`/clusters/${cluster}/doctor`,
    h1: "Connection doctor",
    shows: "Nothing to change",
  },
  "the capabilities": { path: url`/clusters/${cluster}/capabilities`, h1: "Capabilities", shows: "DescribeCluster" },
  "the help": { path: "/help", h1: "Help and terms", shows: "Offset span" },
  "the API's documentation": { path: "/api-docs", h1: "API", shows: "/api/clusters/{cluster}/topics" },
  "an address that is no page": {
    path: "/clusters/embedded/nonsense/of/some/kind",
    h1: "There is no such page",
    shows: "All clusters",
    expected: [failedToLoad(404)],
  },
  "a cluster that is not configured": {
    path: url`/clusters/${"no such cluster"}/topics`,
    h1: "Topics",
    shows: "All clusters",
    expected: [failedToLoad(404)],
  },
  "a group that does not exist": {
    path: url`/clusters/${cluster}/groups/${"no.such.group"}`,
    h1: "no.such.group",
    shows: "There is no such group, or you may not describe it",
    expected: [failedToLoad(404)],
  },
  "a topic that does not exist": {
    path: url`/clusters/${cluster}/topics/${"no.such.topic"}/partitions`,
    h1: "no.such.topic",
    shows: "The topic does not exist, or you may not describe it",
    expected: [failedToLoad(404)],
  },
};

/** What axe calls serious or critical, a line a rule with the elements it is about. The dark theme differs by its colours alone. */
async function seriousViolations(page: Page, theme: "light" | "dark"): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (theme === "dark" ? axe.withRules("color-contrast") : axe).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`)}`);
}

/** By how many pixels the page, or what holds it, is wider than the window. */
const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(
      ...[document.documentElement, document.body, ...document.querySelectorAll("main, main > *")].map(
        ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
      ),
    ),
  );

/** Panels that show less than they hold, and do not scroll, by what they begin with. */
const cutPanels = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("main .panel")]
      .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1)
      .map(({ textContent }) => textContent.slice(0, 40)),
  );

for (const [name, { path, h1, shows, expected = [] }] of Object.entries(pages)) {
  test.describe(name, () => {
    test.use({ expected });

    test(`${name} opens whole, in both themes and on a phone`, async ({ page }) => {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(h1);
      await expect(page.getByRole("main").getByText(shows).first()).toBeVisible();
      await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
      expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
      expect(await cutPanels(page)).toEqual([]);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
        expect(await seriousViolations(page, colorScheme), colorScheme).toEqual([]);
      }
      await page.setViewportSize({ width: 375, height: 812 });
      await expect(page.getByRole("navigation", { name: "Main" }).last()).toBeVisible();
      expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
    });
  });
}
