import type { Page } from "@playwright/test";
import { queryString } from "../lib/api/url.ts";
import { expect, messagesOf, rows, test } from "./kafdeck.ts";

const value = '{"id":9007199254740993,"card":{"brand":{"name":"visa"}},"twice":1,"twice":2,"note":"look here"}';
const opened = (page: Page) => page.getByRole("complementary", { name: "Record at partition 0, offset 0" });

test.describe("a record", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("its tree keeps digits and repeated keys, folds, is searched, and gives its paths and a link away", async ({
    page,
    makeTopic,
  }) => {
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    const name = await makeTopic({ records: [{ key: "k", value }] });
    await page.goto(messagesOf(name) + queryString({ at: "0:0" }));
    const record = opened(page);
    const nodes = record.getByRole("tree").getByRole("treeitem");
    await expect(nodes.filter({ hasText: "9007199254740993" })).toContainText("exact, above 2^53");
    await expect(nodes.filter({ hasText: '"twice"' })).toHaveText([/1,/, /2, {2}repeated key/]);

    const brand = nodes.filter({ hasText: '"name"' });
    await brand.click();
    await record.getByRole("button", { name: "Copy this path, as a filter reads it" }).click();
    await expect.poll(clipboard).toBe("value.card.brand.name");
    await record.getByRole("button", { name: "Copy what is there" }).click();
    await expect.poll(clipboard).toBe('"visa"');
    await nodes.filter({ hasText: '"card"' }).click();
    await page.keyboard.press("ArrowLeft");
    await expect(brand).toHaveCount(0);
    await record.getByRole("searchbox", { name: "Find in value" }).fill("visa");
    await expect(record.getByText("1/1")).toBeVisible();
    await expect(brand).toBeVisible();

    await record.getByRole("button", { name: "Copy the link to this record" }).click();
    await expect.poll(clipboard).toContain("at=0%3A0");
    await page.goto(await clipboard());
    await expect(record.getByRole("tree")).toContainText("9007199254740993");
  });
});

test("a format that is chosen is kept in the address, and Auto takes it back", async ({ page, makeTopic }) => {
  const bytes = Buffer.from([0xff, 0x00, 0x41]);
  const name = await makeTopic({ records: [{ key: "text", value: bytes }] });
  await page.goto(messagesOf(name) + queryString({ at: "0:0" }));
  const record = opened(page);
  const format = record.getByRole("combobox", { name: "Format of the value" });
  await format.selectOption("base64");
  await expect(page).toHaveURL(/valueFormat=base64/);
  await expect(record.getByRole("tabpanel")).toContainText(bytes.toString("base64"));
  await page.reload();
  await expect(format).toHaveValue("base64");
  await expect(rows(page).first()).toContainText(bytes.toString("base64"));
  await format.selectOption("hex");
  await expect(page).toHaveURL(/valueFormat=hex/);
  await expect(record.getByRole("tabpanel")).toContainText(/ff\s?00\s?41/);
  await format.selectOption("");
  await expect(page).not.toHaveURL(/valueFormat/);
  const file = page.waitForEvent("download");
  await record.getByRole("link", { name: "Download the value" }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await file).createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks)).toEqual(bytes);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 375, height: 812 }, hasTouch: true });

  test("records are searched, opened over the whole screen, and left again", async ({ page, makeTopic }) => {
    const name = await makeTopic({
      records: [
        { key: "first", value },
        { key: "second", value: "plain" },
      ],
    });
    await page.goto(messagesOf(name));
    await page.getByRole("button", { name: /^Where and how to read/ }).tap();
    await expect(page.getByRole("dialog", { name: "Where and how to read" })).toBeVisible();
    await page.keyboard.press("Escape");
    await page.getByRole("textbox", { name: "Text to look for" }).fill("visa");
    await page.getByRole("button", { name: "Search", exact: true }).tap();
    await expect(page.getByText("1 hit in 2 records.")).toBeVisible();
    await page.getByText("first").tap();
    const record = opened(page);
    await expect(record.getByRole("tree")).toContainText("9007199254740993");
    expect((await record.boundingBox())?.width).toBe(375);
    await record.getByRole("button", { name: "Close (Escape)" }).tap();
    await expect(record).toHaveCount(0);
  });
});
