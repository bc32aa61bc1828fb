import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { GroupLagHistory } from "../lib/api/lag.ts";
import { queryString, url } from "../lib/api/url.ts";
import { test as base, expect, groupApi, groupPage, groupsPage } from "./groups.ts";
import { cluster, readApi, uniqueName } from "./kafdeck.ts";
import type { Kafdeck } from "./process.ts";

const records = (count: number) => Array.from({ length: count }, (_, at) => ({ value: `record ${at}` }));

/** A Kafdeck that samples every two seconds, so that a test need not wait for its history. */
const test = base.extend<{
  folder: string;
  sampling: (settings?: Record<string, unknown>) => Promise<Kafdeck>;
}>({
  folder: async ({ page: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "kafdeck-lag-"));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  sampling: async ({ start, folder }, use) => {
    await use((settings = {}) => {
      const file = join(folder, "kafdeck.yaml");
      const clusters = [{ name: cluster, bootstrap: process.env.KAFDECK_E2E_BOOTSTRAP }];
      writeFileSync(file, stringify({ clusters, history: { sampleEvery: "2s" }, ...settings }));
      return start({ KAFDECK_CONFIG: file, KAFDECK_HISTORY_FILE: join(folder, "history.db") });
    });
  },
});

test("the lag of a group is drawn over time, read as a table, and kept when Kafdeck starts again", async ({
  page,
  request,
  kafka,
  makeTopic,
  makeGroup,
  sampling,
}) => {
  const topic = await makeTopic({ records: records(8) });
  const group = await makeGroup({ [topic]: [1n] });
  const first = await sampling();
  const samples = async ({ address }: Kafdeck) => {
    const { series } = await readApi<GroupLagHistory>(
      request,
      `${address + groupApi(group)}/lag${queryString({ range: "15m" })}`,
    );
    return series[0]?.lag.filter((lag) => lag !== null) ?? [];
  };
  await expect.poll(() => samples(first), { timeout: 20_000 }).toContain("7");
  await kafka.admin.setOffsets({ groupId: group, topic, partitions: [{ partition: 0, offset: "6" }] });
  await expect.poll(() => samples(first), { timeout: 20_000 }).toContain("2");

  await page.goto(first.address + groupPage(group) + queryString({ range: "15m" }));
  const charts = page.getByRole("region", { name: "History of lag" });
  await expect(
    charts
      .getByRole("img", { name: `Lag of ${group}` })
      .or(charts.getByLabel(`Lag of ${group} from`))
      .first(),
  ).toBeVisible();
  await charts.getByRole("button", { name: "Show as table" }).first().click();
  const table = charts.getByRole("table", { name: `Lag of ${group}` });
  await expect(table.getByRole("cell", { name: "7", exact: true }).first()).toBeVisible();
  await expect(table.getByRole("cell", { name: "2", exact: true }).first()).toBeVisible();
  await charts
    .getByRole("button", { name: "14 d" })
    .or(charts.getByRole("radio", { name: "14 d" }))
    .first()
    .click();
  await expect(page).toHaveURL(/range=14d/);

  await page.goto(first.address + url`/clusters/${cluster}/lag`);
  await page.getByRole("link", { name: group }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(group);
  await page.goto("about:blank");
  await first.stop();
  const second = await sampling();
  await expect.poll(() => samples(second)).toContain("7");
});

test("a rule that fires is shown, told to its webhook once, and silenced", async ({
  page,
  makeTopic,
  makeGroup,
  sampling,
}) => {
  const told: { rule: string; status: string; alerts: { groupId: string }[] }[] = [];
  const receiver = createServer((asked, answer) => {
    let body = "";
    asked.setEncoding("utf8").on("data", (piece: string) => {
      body += piece;
    });
    asked.on("end", () => {
      told.push(JSON.parse(body));
      answer.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = receiver.address() as AddressInfo;
    const topic = await makeTopic({ records: records(9) });
    const group = await makeGroup({ [topic]: [2n] }, `${uniqueName("late")} <img src=x onerror=alert(1)>`);
    const rule = { name: "settlement is late", groups: group.slice(0, 15), lag: 5 };
    const { address } = await sampling({ alerts: [{ ...rule, webhook: { url: `http://127.0.0.1:${port}/hook` } }] });
    await expect.poll(() => told, { timeout: 20_000 }).toMatchObject([{ rule: rule.name, status: "firing" }]);
    expect(told[0]?.alerts.map(({ groupId }) => groupId)).toEqual([group]);
    await page.goto(address + url`/clusters/${cluster}/alerts`);
    await expect(page.getByText("1 firing").first()).toBeVisible();
    await expect(page.getByRole("main")).toContainText(group);
    await expect(page.getByRole("main")).toContainText("127.0.0.1");
    await expect(page.locator("img")).toHaveCount(0);
    await page.getByRole("button", { name: "Silence" }).click();
    await page.getByRole("menuitem", { name: "For 1 hour" }).click();
    await expect(page.getByRole("button", { name: "Silenced" })).toBeVisible();
    await page.reload();
    await expect(page.getByText(/^No notices until/)).toBeVisible();
    await page.getByRole("table").getByRole("link").first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(group);
    expect(told).toHaveLength(1);
  } finally {
    receiver.close();
  }
});

test("with a history file that is no database everything else works, and the page says it", async ({
  page,
  folder,
  makeTopic,
  makeGroup,
  sampling,
}) => {
  const topic = await makeTopic({ records: records(4) });
  const group = await makeGroup({ [topic]: [1n] });
  writeFileSync(join(folder, "history.db"), "this is no database ".repeat(1000));
  const { address } = await sampling();
  await page.goto(address + groupsPage + queryString({ q: group }));
  const row = page.getByRole("table").getByRole("row").filter({ hasText: group });
  await expect(row).toContainText("3");
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("main")).toContainText("The history file was damaged", { timeout: 1000 });
  }).toPass();
});
