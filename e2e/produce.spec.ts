import { queryString, url } from "../lib/api/url.ts";
import { cluster, expect, test, uniqueName } from "./kafdeck.ts";

const produceOf = (topic: string) => url`/clusters/${cluster}/topics/${topic}/produce`;

test("a record is planned, written, shown, and taken up again byte for byte", async ({ page, makeTopic }) => {
  const name = await makeTopic({ partitions: 3 });
  await page.goto(produceOf(name));
  await page.getByRole("textbox", { name: "Key" }).fill("order-1");
  const value = page.getByRole("textbox", { name: "Value", exact: true });
  await value.fill('{"total" 1}');
  await expect(page.getByText("Not JSON at line 1, column 10: a colon is missing")).toBeVisible();
  await value.fill('{"total": 9007199254740993.10}');
  await expect(page.getByText("Valid JSON, 30 B")).toBeVisible();
  await expect(page.getByText(/partition \d, by its key/)).toBeVisible();
  await page.getByRole("button", { name: "Send 1 record" }).click();
  await expect(page.getByText(/Written to partition \d, offset 0\./)).toBeVisible();
  await page.getByRole("link", { name: "Show the record" }).click();
  await expect(page.getByRole("complementary").getByText("9007199254740993.10")).toBeVisible();

  const at = new URL(page.url()).searchParams.get("at") ?? "";
  await page.goto(produceOf(name) + queryString({ from: at }));
  await expect(value).toHaveValue('{"total": 9007199254740993.10}');
  await page.goto(produceOf(name) + queryString({ from: at, mode: "tombstone" }));
  await expect(page.getByText("is not compacted, so a tombstone removes nothing here.")).toBeVisible();
});

test("nothing of a file is sent while a line is wrong and not skipped; then each line has its place", async ({
  page,
  makeTopic,
}) => {
  const name = await makeTopic();
  await page.goto(produceOf(name) + queryString({ mode: "lines" }));
  await page
    .getByRole("textbox", { name: "JSON lines" })
    .fill('{"key": "a", "value": "1"}\n{"key": "b"}\n\n{"key": "c", "value": null}');
  await expect(page.getByText("value is missing")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send 2 records" })).toBeDisabled();
  await page.getByRole("checkbox", { name: "Skip this line" }).check();
  await page.getByRole("button", { name: "Send 2 records" }).click();
  await expect(page.getByText("2 records written.")).toBeVisible();
  await expect(page.getByRole("row").last()).toHaveText("0201");
});

test("records that match are copied to another topic once that is understood", async ({ page, makeTopic }) => {
  const records = [{ value: "yes 1" }, { value: "no" }, { value: "yes 2" }];
  const name = await makeTopic({ records });
  const target = await makeTopic({ name: uniqueName("target") });
  await page.goto(`${produceOf(name)}/copy${queryString({ q: "yes", in: "value" })}`);
  await page.getByRole("combobox", { name: "To the topic" }).selectOption(target);
  await expect(page.getByText("At most 3 offsets are looked through")).toBeVisible();
  await page.getByRole("checkbox", { name: /^I understand that the records are added/ }).check();
  await page.getByRole("button", { name: "Copy records" }).click();
  await expect(page.getByText(`2 records written to ${target}`)).toBeVisible();
});

test("a key is followed over topics in the order of time, and stays in the address", async ({ page, makeTopic }) => {
  const now = Date.now();
  const [first, second] = [uniqueName("follow.first"), uniqueName("follow.second")];
  await makeTopic({
    name: second,
    records: [{ key: "order-7", value: "shipped", timestamp: String(now - 1000) }],
  });
  await makeTopic({
    name: first,
    records: [
      { key: "order-7", value: "placed", timestamp: String(now - 5000) },
      { key: "order-77", value: "another", timestamp: String(now - 4000) },
    ],
  });
  await page.goto(url`/clusters/${cluster}/search` + queryString({ names: "e2e.follow" }));
  await page.getByRole("textbox", { name: "Key or text" }).fill("order-7");
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 hits.")).toBeVisible();
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.nth(1)).toContainText("placed");
  await expect(rows.nth(2)).toContainText("+4.0");
  await expect(rows.nth(2)).toContainText("shipped");
  await expect(page).toHaveURL(/q=order-7/);
  await rows.nth(2).click();
  await expect(page).toHaveURL(/messages\?at=0%3A0/);
});
