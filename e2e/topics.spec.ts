import type { Page } from "@playwright/test";
import type { TopicDetail } from "../lib/api/topics.ts";
import { url } from "../lib/api/url.ts";
import { cluster, expect, readApi, test, uniqueName } from "./kafdeck.ts";

const list = url`/clusters/${cluster}/topics`;
const rowOf = (page: Page, name: string) => page.getByRole("table").getByRole("row").filter({ hasText: name });
const filter = (page: Page) => page.getByRole("searchbox");
const openAction = async (page: Page, topic: string, action: string) => {
  await page.getByRole("button", { name: `Actions for ${topic}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
};

test.describe("creation", () => {
  test("a topic is created once its name is right and the broker agrees", async ({ page, kafka, discard }) => {
    const name = uniqueName("created");
    discard(name);
    await page.goto(list);
    await page.getByRole("link", { name: "Create topic" }).click();
    const box = page.getByRole("textbox", { name: "Name" });
    await box.fill("not a/name");
    await expect(page.getByText("Only letters A-Z a-z, digits, . _ and - are allowed, not a space /.")).toBeVisible();
    await box.fill("orders.checkout.events");
    await expect(page.getByText("There is a topic orders.checkout.events already.")).toBeVisible();
    const create = page.getByRole("button", { name: "Create topic" });
    await expect(create).toBeDisabled();
    await box.fill(name);
    await page.getByRole("textbox", { name: "Partitions" }).fill("3");
    await page.getByRole("textbox", { name: "Replication factor" }).fill("2");
    await expect(page.getByText("The cluster has 1 broker; each holds one replica at most.")).toBeVisible();
    await expect(create).toBeDisabled();
    await page.getByRole("textbox", { name: "Replication factor" }).fill("1");
    await expect(page.getByText("Broker 1 agrees")).toBeVisible();
    await expect(page.getByText("It would create 3 partitions with 1 replica each.")).toBeVisible();
    expect(await kafka.admin.listTopics()).not.toContain(name);
    await expect(create).toBeEnabled();
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page.getByText(`Topic ${name} created.`)).toBeVisible();
    const { topics } = await kafka.admin.fetchTopicMetadata({ topics: [name] });
    expect(topics[0]?.partitions).toHaveLength(3);
  });
});

test("the list is filtered, sorted and toggled by its address, which Back and a reload keep", async ({ page }) => {
  await page.goto(list);
  const names = page
    .getByRole("table")
    .getByRole("row")
    .filter({ has: page.getByRole("link") });
  await expect(rowOf(page, "orders.checkout.events")).toBeVisible();
  await filter(page).fill("payments !dlq");
  await expect(names).toHaveText([/payments\.authorisation\.v3(?!\.dlq)/]);
  await filter(page).fill("/^(audit|ledger|payments)\\./");
  await expect(names).toHaveCount(4);
  await page.getByRole("columnheader", { name: "Partitions" }).getByRole("button").click();
  await expect(names).toHaveText([/payments\.authorisation\.v3(?!\.dlq)/, /ledger/, /audit|dlq/, /audit|dlq/]);
  await expect(page).toHaveURL(/sort=-partitions/);
  await page.reload();
  await expect(names).toHaveCount(4);
  await expect(filter(page)).toHaveValue("/^(audit|ledger|payments)\\./");
  await expect(page.getByRole("columnheader", { name: "Partitions" })).toHaveAttribute("aria-sort", "descending");
  await filter(page).fill("__");
  await expect(page.getByText("No topic matches “__”")).toBeVisible();
  await page.getByRole("checkbox", { name: "Internal" }).check({ force: true });
  await expect(rowOf(page, "__consumer_offsets")).toBeVisible();
  await page.goBack();
  await expect(page.getByText("No topic matches “__”")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Internal" })).not.toBeChecked();
  await page.goBack();
  await expect(page).not.toHaveURL(/sort=/);
});

test("a pattern that could take forever is refused, and the list stands", async ({ page }) => {
  await page.goto(list);
  await expect(rowOf(page, "audit.log")).toBeVisible();
  await filter(page).fill("/(a+)+$/");
  await expect(page.getByRole("alert").filter({ hasText: "forever" })).toBeVisible();
  await filter(page).fill("audit");
  await expect(rowOf(page, "audit.log")).toBeVisible();
});

test("several topics are deleted once their number is typed", async ({ page, kafka, makeTopic }) => {
  const hint = uniqueName("many");
  const doomed = [await makeTopic({ name: `${hint}.1`, partitions: 2 }), await makeTopic({ name: `${hint}.2` })];
  const kept = await makeTopic({ name: `${hint}.3` });
  await page.goto(`${list}?q=${hint}`);
  for (const name of doomed) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  const bar = page.getByRole("toolbar", { name: "Selection" });
  await expect(bar).toContainText("2 topics selected");
  await expect(bar).toContainText("3 partitions");
  await bar.getByRole("button", { name: "Delete…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete 2 topics" });
  const confirm = dialog.getByRole("button", { name: "Delete 2 topics" });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Type how many topics" }).fill("2 topics");
  await confirm.click();
  await expect(dialog.getByText("2 of 2 topics deleted.")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(rowOf(page, `${hint}.1`)).toHaveCount(0);
  await expect(rowOf(page, kept)).toBeVisible();
  await expect
    .poll(async () => (await kafka.admin.listTopics()).filter((name) => name.startsWith(hint)))
    .toEqual([kept]);
});

test("one topic is deleted once its name is typed", async ({ page, kafka, makeTopic }) => {
  const name = await makeTopic({ records: [{ value: "one" }] });
  await page.goto(url`/clusters/${cluster}/topics/${name}/partitions`);
  await openAction(page, name, "Delete topic…");
  const dialog = page.getByRole("dialog", { name: `Delete ${name}` });
  await expect(dialog.getByText("nothing has been written yet")).toBeVisible();
  await dialog.getByRole("textbox").fill(name);
  await dialog.getByRole("button", { name: "Delete topic" }).click();
  await expect(page.getByText(`Topic ${name} deleted.`)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Topics" })).toBeVisible();
  await expect.poll(() => kafka.admin.listTopics()).not.toContain(name);
});

test("partitions are added after what that does to keys is understood", async ({ page, kafka, makeTopic }) => {
  const name = await makeTopic({ partitions: 2 });
  await page.goto(url`/clusters/${cluster}/topics/${name}/partitions`);
  await openAction(page, name, "Add partitions…");
  const dialog = page.getByRole("dialog", { name: `Add partitions to ${name}` });
  await dialog.getByRole("textbox", { name: "New number of partitions" }).fill("2");
  await expect(dialog.getByText("More than the 2 there are.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "New number of partitions" }).fill("5");
  const add = dialog.getByRole("button", { name: "Add 3 partitions" });
  await expect(add).toBeDisabled();
  await dialog.getByRole("checkbox", { name: /keys change their partition/ }).check();
  await add.click();
  await expect(page.getByText(`3 partitions added: ${name} has 5.`)).toBeVisible();
  const { topics } = await kafka.admin.fetchTopicMetadata({ topics: [name] });
  expect(topics[0]?.partitions).toHaveLength(5);
});

test("records before an offset are purged, by the offsets of the plan", async ({ page, request, kafka, makeTopic }) => {
  const name = await makeTopic({ records: Array.from({ length: 10 }, (_, at) => ({ value: `record ${at}` })) });
  await page.goto(url`/clusters/${cluster}/topics/${name}/partitions`);
  await openAction(page, name, "Purge records…");
  const dialog = page.getByRole("dialog", { name: `Purge records of ${name}` });
  await dialog.getByText("Before an offset").click();
  await dialog.getByRole("textbox", { name: "Partition 0" }).fill("4");
  await expect(dialog.getByText("At most 4 records go.")).toBeVisible();
  await dialog.getByRole("checkbox", { name: "I understand that at most 4 records are deleted for good" }).check();
  await dialog.getByRole("button", { name: "Purge 4 records" }).click();
  await expect(page.getByText(/Log start of 1 partition moved by 4 and read back/)).toBeVisible();
  expect(await kafka.admin.fetchTopicOffsets(name)).toMatchObject([{ low: "4", high: "10" }]);
  const detail = await readApi<TopicDetail>(request, url`/api/clusters/${cluster}/topics/${name}`);
  expect(detail.offsetSpan).toBe("6");
});
