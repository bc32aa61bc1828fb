import { expect, messagesOf, rows, test } from "./kafdeck.ts";

test("the newest records come first, and older ones page after page", async ({ page, makeTopic }) => {
  const name = await makeTopic({
    records: Array.from({ length: 120 }, (_, at) => ({ key: `key-${at}`, value: `{"number":${at}}` })),
  });
  await page.goto(messagesOf(name));
  await expect(page.getByText("50 records shown")).toBeVisible();
  await expect(rows(page).first()).toContainText('{"number":119}');
  await page.getByRole("button", { name: "Show older records" }).click();
  await expect(page.getByText("100 records shown")).toBeVisible();
  await page.getByRole("button", { name: "Show older records" }).click();
  await expect(page.getByText("120 records shown")).toBeVisible();
  await expect(page.getByText("The log begins here: there is nothing older.")).toBeVisible();

  await page.getByRole("button", { name: /^From newest/ }).click();
  await page.getByRole("textbox", { name: "Offsets or times" }).fill("77");
  await page.getByRole("button", { name: "Read from there" }).click();
  await expect(rows(page).first()).toContainText('{"number":77}');
  await expect(page.getByText("43 records shown")).toBeVisible();
  await expect(page).toHaveURL(/from=offset%3A77/);
  await page.goBack();
  await expect(rows(page).first()).toContainText('{"number":119}');
});

test("a record opens with its key, its headers and why it is JSON, and the address opens it again", async ({
  page,
  makeTopic,
}) => {
  const name = await makeTopic({
    records: [
      { key: "order-1", value: '{"total":9007199254740993.10,"note":"å"}', headers: { trace: ["a", "b"], empty: "" } },
      { key: "order-2", value: "plain text" },
    ],
  });
  await page.goto(messagesOf(name));
  await rows(page).filter({ hasText: "order-1" }).click();
  const record = page.getByRole("complementary", { name: "Record at partition 0, offset 0" });
  await expect(record.getByRole("tabpanel")).toContainText("9007199254740993.10");
  await expect(record.getByText("Why JSON")).toBeVisible();
  await record.getByRole("tab", { name: "Headers" }).click();
  await expect(record.getByRole("tabpanel")).toContainText("trace");
  await expect(record.getByRole("tabpanel").getByText("empty", { exact: true }).last()).toBeVisible();
  await record.getByRole("tab", { name: "Key" }).click();
  await expect(record.getByRole("tabpanel")).toContainText("order-1");
  await page.reload();
  await expect(record.getByRole("tabpanel")).toContainText("9007199254740993.10");
  // The record is there before the rows around it.
  await expect(record.getByRole("button", { name: "Newer or previous row (k)" })).toBeEnabled();
  await page.keyboard.press("k");
  const other = page.getByRole("complementary", { name: "Record at partition 0, offset 1" });
  await expect(other.getByRole("tabpanel")).toContainText("plain text");
  await page.keyboard.press("Escape");
  await expect(other).toHaveCount(0);
  await expect(page).not.toHaveURL(/at=/);
});

test("a tombstone, an empty value and the word null are three things", async ({ page, makeTopic }) => {
  const name = await makeTopic({
    records: [
      { key: "tombstone", value: null },
      { key: "empty", value: "" },
      { key: "word", value: "null" },
      { key: null, value: "no key" },
    ],
  });
  await page.goto(messagesOf(name));
  // Before them stand the box, time, partition and offset.
  const [keyAt, valueAt] = [4, 5];
  const valueBeside = (key: string) => rows(page).filter({ hasText: key }).getByRole("cell").nth(valueAt);
  await expect(valueBeside("tombstone")).toHaveText("null");
  await expect(valueBeside("tombstone").getByTitle("No value: for a record, a tombstone")).toBeVisible();
  await expect(valueBeside("word").getByTitle(/./)).toHaveCount(0);
  const empty = rows(page).filter({ has: page.getByTitle("A value of 0 bytes") });
  await expect(empty.getByRole("cell").nth(valueAt)).toHaveText("empty");
  await expect(rows(page).filter({ hasText: "no key" }).getByRole("cell").nth(keyAt)).toHaveText("null");
});

test("records of aborted transactions are shown only where they are asked for", async ({ page }) => {
  await page.goto(messagesOf("ledger.postings"));
  await expect(page.getByText("50 records shown")).toBeVisible();
  await expect(page.getByText("abort marker")).toHaveCount(0);
  await page.getByRole("button", { name: "Read committed" }).click();
  await page.getByRole("button", { name: "Read uncommitted" }).click();
  await expect(page.getByRole("table").getByText("aborted").first()).toBeVisible();
  await page.getByRole("checkbox", { name: "Show control records" }).click();
  await expect(page.getByText("abort marker").first()).toBeVisible();
});
