import { readFile } from "node:fs/promises";
import { queryString } from "../lib/api/url.ts";
import { expect, failedToLoad, kafkaEnvironment, messagesOf, rows, test } from "./kafdeck.ts";

const needles = { 100: "needle one", 700: "Needle two", 1500: "needle three" } as { [at: number]: string };

test("a text is found in what it is looked for in, and the address and Back give each view again", async ({
  page,
  makeTopic,
}) => {
  const name = await makeTopic({
    partitions: 2,
    records: Array.from({ length: 2000 }, (_, at) => ({
      key: at === 100 ? "needle-key" : `key-${at}`,
      value: `{"number":${at},"text":"${needles[at] ?? "hay"}"}`,
      partition: at % 2,
    })),
  });
  await page.goto(messagesOf(name));
  const box = page.getByRole("textbox", { name: "Text to look for" });
  await box.fill("NEEDLE");
  await box.press("Enter");
  await expect(page.getByText(/^3 hits in 2\s000 records\.$/)).toBeVisible();
  await expect(page.getByText("Searched both partitions to the end.")).toBeVisible();
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole("button", { name: "See offsets" }).click();
  const offsets = page.getByRole("dialog", { name: "Offsets that were looked at" }).getByRole("row");
  await expect(offsets.last()).toHaveText("10 to 9990 to 999");
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(box).toHaveValue("NEEDLE");
  await expect(rows(page)).toHaveCount(3);

  await page.getByRole("button", { name: /^How the text is meant/ }).click();
  const meant = page.getByRole("dialog", { name: "How the text is meant" });
  for (const part of ["value", "header names", "header values"])
    await meant.getByRole("checkbox", { name: part, exact: true }).uncheck();
  await meant.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText(/^1 hit in 2\s000 records\.$/)).toBeVisible();
  await expect(rows(page)).toContainText("needle-key");
  await expect(page).toHaveURL(/in=key/);
  await page.goBack();
  await expect(rows(page)).toHaveCount(3);
  await page.goBack();
  await expect(box).toHaveValue("");
  await expect(page.getByText("50 records shown")).toBeVisible();
});

test("a search that is stopped says what it looked at, and goes on from there without a record twice", async ({
  page,
  makeTopic,
  start,
}) => {
  const name = await makeTopic({
    partitions: 2,
    records: Array.from({ length: 60_000 }, (_, at) => ({
      value: at % 1000 === 0 ? `needle ${at}` : `{"number":${at},"text":"${"hay ".repeat(10)}"}`,
      partition: at % 2,
    })),
  });
  const { address } = await start({ ...kafkaEnvironment(), KAFDECK_SCAN_BYTES_PER_SECOND: "1200000" });
  await page.goto(address + messagesOf(name));
  await expect(page.getByText("50 records shown")).toBeVisible();
  await page.getByRole("textbox", { name: "Text to look for" }).fill("needle");
  await page.keyboard.press("Enter");
  await expect(rows(page).first()).toContainText("needle");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.getByText(/Stopped by you after [\d\s]+ of ~60\s000 records\./)).toBeVisible();
  await expect(page.getByText(/^60 hits/)).toHaveCount(0);
  await page.getByRole("button", { name: "Continue from there" }).click();
  await expect(page.getByRole("progressbar", { name: "Share of the range that was searched" })).toBeVisible();
  await expect(page.getByText(/^60 hits in 60\s000 records\.$/)).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText("60 hits shown")).toBeVisible();
});

test.describe("a filter", () => {
  test.use({ expected: [failedToLoad(400)] });

  test("a CEL filter is completed and judged while it is typed, and says which records it could not judge", async ({
    page,
    makeTopic,
  }) => {
    const name = await makeTopic({
      records: [
        { value: '{"status":"FAILED","amount":9007199254740993}' },
        { value: '{"status":"FAILED","amount":9007199254740992}' },
        { value: '{"status":"FAILED","amount":"much"}' },
        { value: '{"status":"PAID","amount":9007199254740999}' },
      ],
    });
    await page.goto(messagesOf(name));
    await expect(page.getByText("4 records shown")).toBeVisible();
    await page.getByRole("button", { name: "CEL" }).click();
    const editor = page.locator(".cm-content");
    // The editor's own style sheet was let in.
    await expect(page.locator(".cm-scroller")).toHaveCSS("display", "flex");
    await editor.click();
    await editor.pressSequentially("value.sta");
    await page.getByRole("option", { name: "status" }).click();
    await expect(editor).toHaveText("value.status");
    await editor.pressSequentially(' == "FAILED" && ');
    const mistake = page.getByRole("main").getByRole("alert");
    await expect(mistake).toContainText("At character");
    await expect(page.getByRole("button", { name: "Search", exact: true })).toBeDisabled();
    await editor.pressSequentially("value.amount > 9007199254740992");
    await expect(page.getByText("valid", { exact: true })).toBeVisible();
    await expect(mistake).toHaveCount(0);
    await page.keyboard.press("Control+Enter");
    await expect(page.getByText("1 hit in 4 records.")).toBeVisible();
    await expect(rows(page)).toContainText("9007199254740993");
    await expect(page.getByText(/1 record could not be judged/)).toBeVisible();
    await page.getByRole("button", { name: "See the first" }).click();
    await expect(page.getByRole("complementary", { name: "Record at partition 0, offset 2" })).toContainText("much");

    await page.goto(messagesOf(name) + queryString({ filter: 'value.status == "PAID"' }));
    await expect(editor).toHaveText('value.status == "PAID"');
    await expect(page.getByText("1 hit in 4 records.")).toBeVisible();
    await page.goto(messagesOf(name) + queryString({ filter: "value.status ==" }));
    await expect(mistake.first()).toContainText("At character");
  });
});

test("places are typed as offsets, distances and times, and what cannot be understood is told", async ({
  page,
  makeTopic,
}) => {
  const now = Date.now();
  const name = await makeTopic({
    records: Array.from({ length: 100 }, (_, at) => ({
      value: `number ${at}`,
      timestamp: String(now - (at < 60 ? 7_200_000 : 60_000) + at),
    })),
  });
  await page.goto(messagesOf(name));
  const first = rows(page).first();
  for (const [typed, count, begins, address] of [
    ["end-5", 5, "number 95", /from=end-5/],
    ["10:20", 10, "number 10", /from=offset%3A10&until=offset%3A20/],
    ["@-1h", 40, "number 60", /from=time%3A-1h/],
    ["@-3h:@-1h", 60, "number 0", /until=time%3A-1h/],
    ["start+98", 2, "number 98", /from=start%2B98/],
  ] as const) {
    await page.getByRole("button", { name: /^From / }).click();
    await page.getByRole("textbox", { name: "Offsets or times" }).fill(typed);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(address);
    await expect(first).toContainText(begins);
    if (count <= 50) await expect(page.getByText(`${count} records shown`)).toBeVisible();
  }
  await page.getByRole("button", { name: /^From / }).click();
  await page.getByRole("textbox", { name: "Offsets or times" }).fill("yesterday-ish");
  await expect(page.getByRole("textbox", { name: "Offsets or times" })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("button", { name: "Read from there" })).toBeDisabled();
});

test("every match is downloaded, not only what is shown, each value whole", async ({ page, makeTopic }) => {
  const long = `needle ${"x".repeat(20_000)}`;
  const name = await makeTopic({
    records: [
      ...Array.from({ length: 300 }, (_, at) => ({ key: `${at}`, value: at % 3 === 0 ? `needle ${at}` : "hay" })),
      { key: "long", value: long },
    ],
  });
  await page.goto(messagesOf(name) + queryString({ q: "needle", limit: "50" }));
  await expect(page.getByText("50 hits shown")).toBeVisible();
  await page.getByRole("button", { name: "Export" }).click();
  const file = page.waitForEvent("download");
  await page.getByRole("dialog", { name: "Export" }).getByRole("link", { name: "JSON lines" }).click();
  const lines = (await readFile(await (await file).path(), "utf8")).trim().split("\n");
  const records = lines.map((line) => JSON.parse(line) as { key: string; value: string; offset: string });
  expect(records.map(({ key }) => key)).toEqual([...Array.from({ length: 100 }, (_, at) => `${at * 3}`), "long"]);
  expect(records.at(-1)?.value).toBe(long);
});
