import type { Page } from "@playwright/test";
import { queryString, url } from "../lib/api/url.ts";
import { consumeShared } from "../scripts/demo/share-group.ts";
import { startWordCount } from "../scripts/kafka/streams.ts";
import { expect, groupPage, groupsPage, test, untilStable } from "./groups.ts";
import { cluster, failedToLoad, uniqueName } from "./kafdeck.ts";

const records = (count: number) => Array.from({ length: count }, (_, at) => ({ value: `record ${at}` }));
const rowOf = (page: Page, name: string) => page.getByRole("table").getByRole("row").filter({ hasText: name });
const names = (page: Page) =>
  page
    .getByRole("table")
    .getByRole("row")
    .filter({ has: page.getByRole("link") });
const filter = (page: Page) => page.getByRole("searchbox");

test("groups are found by words and by topic, chosen by status and sorted, by an address that Back keeps", async ({
  page,
  makeTopic,
  makeGroup,
}) => {
  const hint = uniqueName("list");
  const topic = await makeTopic({ partitions: 2, records: [...records(5), { value: "x", partition: 1 }] });
  await makeGroup({ [topic]: [0n, 0n] }, `${hint}.far`);
  await makeGroup({ [topic]: [4n, 1n] }, `${hint}.near`);
  await makeGroup({ "audit.log": [200n] }, `${hint}.done`);
  await page.goto(groupsPage);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Consumer groups");
  await filter(page).fill(hint);
  await expect(names(page)).toHaveText([/\.far/, /\.near/, /\.done/]);
  await expect(page.getByRole("button", { name: /^Stopped 2/ })).toBeVisible();
  await filter(page).fill(`${hint} !far`);
  await expect(names(page)).toHaveText([/\.near/, /\.done/]);
  await filter(page).fill(`topic:${topic}`);
  await expect(names(page)).toHaveText([/\.far/, /\.near/]);
  await filter(page).fill(hint);
  await page.getByRole("button", { name: /^Stopped/ }).click();
  await expect(page).toHaveURL(/status=stopped/);
  await expect(names(page)).toHaveText([/\.far/, /\.near/]);
  await page.getByRole("columnheader", { name: "Group" }).getByRole("button").click();
  await page.reload();
  await expect(filter(page)).toHaveValue(hint);
  await expect(names(page)).toHaveText([/\.far/, /\.near/]);
  await expect(page.getByRole("columnheader", { name: "Group" })).toHaveAttribute("aria-sort", "ascending");
  await page.goBack();
  await page.goBack();
  await expect(names(page)).toHaveCount(3);
  await filter(page).fill(`${hint}-nobody`);
  await expect(page.getByText(`No group matches “${hint}-nobody”`)).toBeVisible();
});

test("a lag that is not known says why, beside those that are", async ({ page, makeTopic, makeGroup }) => {
  const topic = await makeTopic({ partitions: 4, records: records(6).map((record) => ({ ...record, partition: 0 })) });
  const group = await makeGroup({ [topic]: [2n, 40n, -2n] });
  await page.goto(groupPage(group));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(group);
  const table = page.getByRole("table", { name: `Partitions of ${group}` });
  const rows = table.getByRole("row").filter({ has: page.getByRole("cell") });
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: "unknown" })).toHaveCount(2);
  await expect(page.getByTitle("2 partitions of unknown lag not counted").first()).toHaveText("≥4");
});

test("a group whose topic was deleted stands on with its other topics", async ({
  page,
  kafka,
  makeTopic,
  makeGroup,
}) => {
  const topic = await makeTopic({ records: records(3) });
  const group = await makeGroup({ [topic]: [1n], "audit.log": [200n] });
  await kafka.admin.deleteTopics({ topics: [topic] });
  await expect.poll(() => kafka.admin.listTopics()).not.toContain(topic);
  await page.goto(groupPage(group));
  await expect(page.getByRole("table", { name: `Partitions of ${group}` })).toContainText("200");
  await expect(page.getByText("1 of audit.log")).toBeVisible();
});

test("a group with members names them and what each holds", async ({ page, makeTopic, join }) => {
  const topic = await makeTopic({ partitions: 3, records: records(3) });
  const group = uniqueName("members");
  await join(group, topic, "reader-1");
  await page.goto(groupPage(group));
  const members = page.getByRole("table", { name: `Members of ${group}` });
  const member = members.getByRole("row").filter({ hasText: "reader-1" });
  await expect(member).toContainText("0-2");
  await expect(page.getByRole("main")).toContainText("RoundRobinAssigner");
  await member.click();
  const panel = page.getByRole("region", { name: "Member reader-1" });
  await expect(panel).toContainText(topic);
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
});

test("a share group shows its start offsets and how far each record is", async ({
  page,
  request,
  makeTopic,
  discardGroup,
}) => {
  const topic = await makeTopic({ records: records(2) });
  const group = uniqueName("share");
  discardGroup(group);
  const ending = new AbortController();
  const bootstrap = process.env.KAFDECK_E2E_BOOTSTRAP ?? "";
  const working = consumeShared({ bootstrap, clientId: "picker", group, topic }, ending.signal);
  try {
    await untilStable(request, group);
    await page.goto(groupsPage + queryString({ type: "share", q: group }));
    await rowOf(page, group).getByRole("link").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(group);
    await expect(page.getByRole("columnheader", { name: "Start offset" })).toBeVisible();
    await expect(page.getByRole("table", { name: `Members of ${group}` })).toContainText("picker");
    await expect(page.getByRole("heading", { name: "Delivery states" })).toBeVisible();
  } finally {
    ending.abort();
    await working;
  }
});

test("Kafka's own Streams example shows its topology and its tasks", async ({
  page,
  request,
  discardGroup,
  discard,
}) => {
  const group = uniqueName("streams");
  discardGroup(group);
  const words = await startWordCount(process.env.KAFDECK_E2E_BOOTSTRAP ?? "", group);
  try {
    await untilStable(request, group);
    await page.goto(groupPage(group));
    await expect(page.getByRole("heading", { name: "Topology" })).toBeVisible();
    const main = page.getByRole("main");
    await expect(main).toContainText("streams-plaintext-input");
    await expect(main).toContainText(/Repartition.*-repartition/s);
    const members = page.getByRole("table", { name: `Members of ${group}` });
    await members.getByRole("row").nth(1).click();
    await expect(page.getByRole("region", { name: /^Member / })).toContainText("Active tasks");
  } finally {
    await words.stop();
    const suffix = `${group}-KSTREAM-AGGREGATE-STATE-STORE-0000000003`;
    for (const topic of [`${suffix}-repartition`, `${suffix}-changelog`]) discard(topic);
  }
});

test("a topic says who reads it, and leads to them", async ({ page, makeTopic, makeGroup }) => {
  const topic = await makeTopic({ records: records(7) });
  const group = await makeGroup({ [topic]: [2n] });
  await page.goto(url`/clusters/${cluster}/topics/${topic}/consumers`);
  await expect(rowOf(page, group)).toContainText("5");
  await rowOf(page, group).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(group);
});

test.describe("absent", () => {
  test.use({ expected: [failedToLoad(404)] });

  test("a group that does not exist says so and leads to those that do", async ({ page }) => {
    await page.goto(groupPage("no such group"));
    await expect(page.getByRole("main")).toContainText("There is no such group");
    await page.getByRole("link", { name: "All groups" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Consumer groups");
  });
});
