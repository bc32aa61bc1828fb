import { queryString, url } from "../lib/api/url.ts";
import { cluster, expect, messagesOf, produceOf, rows, test, uniqueName } from "./kafdeck.ts";

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

test("every match is copied to another topic once that is understood", async ({ page, makeTopic }) => {
  const records = [{ value: "yes 1" }, { value: "no" }, { value: "yes 2" }];
  const name = await makeTopic({ records });
  const target = await makeTopic({ name: uniqueName("target") });
  await page.goto(messagesOf(name) + queryString({ q: "yes", in: "value" }));
  await expect(page.getByText("2 hits in 3 records.")).toBeVisible();
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("link", { name: "Copy every match to another topic…" }).click();
  await page.getByRole("combobox", { name: "To the topic" }).selectOption(target);
  await expect(page.getByText("At most 3 offsets are looked through")).toBeVisible();
  await page.getByRole("checkbox", { name: /^I understand that the records are added/ }).check();
  await page.getByRole("button", { name: "Copy records" }).click();
  await expect(page.getByText(`2 records written to ${target}`)).toBeVisible();
  await page.goto(messagesOf(target));
  await expect(rows(page)).toHaveText([/yes 2/, /yes 1/]);
});

test("what was downloaded as JSON lines is written again from the file, byte for byte", async ({
  page,
  request,
  makeTopic,
}) => {
  const records = [
    { key: "text", value: "line\nbreak \u0000 å", headers: { repeated: ["a", "b"], empty: "" } },
    { key: null, value: Buffer.from([0xff, 0xfe, 0x00]) },
    { key: Buffer.from([0x80]), value: null, timestamp: "1700000000000" },
    { key: "", value: "" },
  ];
  const name = await makeTopic({ records });
  const target = await makeTopic({ name: uniqueName("target") });
  const exported = async (topic: string) => {
    const answer = await request.get(
      url`/api/clusters/${cluster}/messages/export` + queryString({ topics: topic, format: "jsonl" }),
    );
    expect(answer.status()).toBe(200);
    return answer.text();
  };
  const file = await exported(name);
  expect(file.trim().split("\n")).toHaveLength(records.length);
  await page.goto(produceOf(target) + queryString({ mode: "lines" }));
  await page
    .getByLabel("File of JSON lines")
    .setInputFiles({ name: "records.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(file) });
  await page.getByRole("button", { name: "Send 4 records" }).click();
  await expect(page.getByText("4 records written.")).toBeVisible();
  expect((await exported(target)).replaceAll(target, name)).toBe(file);
});

test("a record of a compacted topic is edited and sent again, and its key removed by a tombstone", async ({
  page,
  makeTopic,
}) => {
  const name = await makeTopic({
    configs: { "cleanup.policy": "compact" },
    records: [{ key: "customer-1", value: '{"id":9007199254740993,"name":"Ada"}' }],
  });
  await page.goto(messagesOf(name) + queryString({ at: "0:0" }));
  const act = async (action: string) => {
    await page.getByRole("button", { name: "Actions for this record" }).click();
    await page.getByRole("menuitem", { name: action }).click();
  };
  await expect(page.getByRole("complementary").getByRole("tree")).toContainText("9007199254740993");
  await act("Edit and resend…");
  const value = page.getByRole("textbox", { name: "Value", exact: true });
  await expect(value).toHaveValue('{"id":9007199254740993,"name":"Ada"}');
  await value.fill('{"id":9007199254740993,"name":"Grace"}');
  await page.getByRole("button", { name: "Send 1 record" }).click();
  await expect(page.getByText("Written to partition 0, offset 1.")).toBeVisible();
  await page.getByRole("link", { name: "Show the record" }).click();
  const record = page.getByRole("complementary", { name: "Record at partition 0, offset 1" });
  await expect(record).toContainText("Grace");

  await act("Tombstone…");
  const send = page.getByRole("button", { name: "Send 1 tombstone" });
  await expect(page.getByText("removes a key.")).toBeVisible();
  await expect(send).toBeDisabled();
  await page.getByRole("checkbox", { name: /^I understand that every earlier record of this key/ }).check();
  await send.click();
  await expect(page.getByText("Written to partition 0, offset 2.")).toBeVisible();
  await page.goto(messagesOf(name));
  await expect(rows(page)).toHaveText([/customer-1.*null/, /customer-1.*Grace/, /customer-1.*Ada/]);
});

test("a key is followed over topics in the order of time, and stays in the address", async ({ page, makeTopic }) => {
  const now = Date.now();
  const [first, second, third] = ["first", "second", "third"].map((hint) => uniqueName(`follow.${hint}`));
  await makeTopic({
    name: third,
    configs: { "cleanup.policy": "compact" },
    records: [{ key: "order-7", value: '{"state":"delivered"}', timestamp: String(now) }],
  });
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
  await expect(page.getByText("3 hits.")).toBeVisible();
  await expect(rows(page)).toHaveText([/placed/, /\+4\.0.*shipped/, /\+1\.0.*delivered/]);
  await expect(page).toHaveURL(/q=order-7/);
  await page.reload();
  await expect(rows(page)).toHaveText([/placed/, /shipped/, /delivered/]);
  await rows(page).nth(1).click();
  await expect(page).toHaveURL(/messages\?at=0%3A0/);
});
