import { randomBytes } from "node:crypto";
import { queryString, url } from "../lib/api/url.ts";
import { cluster, expect, messagesOf, produceOf, test, uniqueName } from "./kafdeck.ts";

const list = url`/clusters/${cluster}/topics`;

for (const [what, name] of [
  ["that ends as the framework's own data does", `orders.${randomBytes(3).toString("hex")}.rsc`],
  ["of 249 characters", uniqueName("long").padEnd(249, "x")],
] as const) {
  test(`a topic with a name ${what} opens by its link and by its address`, async ({ page, makeTopic }) => {
    await makeTopic({ name, records: [{ value: "found" }] });
    await page.goto(`${list}?q=${name}`);
    await page
      .getByRole("row")
      .filter({ hasText: name.slice(-14) })
      .getByRole("link")
      .click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(page.getByRole("row").filter({ hasText: "found" })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(page.getByRole("row").filter({ hasText: "found" })).toBeVisible();
  });
}

test.describe("markup", () => {
  // Two of the addresses mean nothing to the API. (Of a list of two Playwright would take the second for options.)
  test.use({ expected: [/^console: Failed to load resource: .* 40[04] /] });

  test("markup in keys, values and headers is text, wherever they are shown or looked for", async ({
    page,
    makeTopic,
  }) => {
    const markup = "<img src=x onerror=alert(1)>";
    const name = await makeTopic({
      records: [
        { key: markup, value: markup, headers: { [markup]: markup } },
        { key: `{"a":"${markup}"}`, value: `{"a":"${markup}","</script><script>alert(2)</script>":1}` },
      ],
    });
    await page.goto(messagesOf(name));
    const rows = page.getByRole("row").filter({ hasText: markup });
    await expect(rows).toHaveCount(2);
    await rows.last().click();
    const record = page.getByRole("complementary", { name: "Record at partition 0, offset 0" });
    for (const tab of ["Value", "Key", "Headers", "Batch"]) {
      await record.getByRole("tab", { name: tab }).click();
      if (tab !== "Batch") await expect(record.getByRole("tabpanel")).toContainText(markup);
    }
    await page.keyboard.press("k");
    await expect(page.getByRole("tabpanel")).toBeVisible();
    await expect(page.locator("img")).toHaveCount(0);

    const looked = { q: markup, case: "1", from: "oldest" };
    for (const [path, shows] of [
      [messagesOf(name) + queryString(looked), "2 hits in 2 records."],
      [messagesOf(name) + queryString({ ...looked, match: "regex", at: "0:1" }), "Record at partition 0, offset 1"],
      [messagesOf(name) + queryString({ filter: `value == "${markup}"` }), "1 hit in 2 records."],
      [messagesOf(name) + queryString({ preview: `value["${markup}"]`, from: `offset:${markup}` }), "must be newest"],
      [
        url`/clusters/${cluster}/search` + queryString({ q: markup, in: "", match: "contains", names: name }),
        "2 hits.",
      ],
      [produceOf(name) + queryString({ from: "0:0" }), "Filled with the record"],
      [`${produceOf(name)}/copy${queryString({ q: markup, toTopic: markup })}`, "every record that matches"],
      [`${messagesOf(name)}?follow=1&q=${encodeURIComponent(markup)}&from=oldest`, "2 records came"],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole("main").getByText(shows).or(page.getByLabel(shows)).first()).toBeVisible();
      await expect(page.locator("img")).toHaveCount(0);
    }
    await page.goto(produceOf(name) + queryString({ mode: "lines" }));
    await page.getByRole("textbox", { name: "JSON lines" }).fill(`${markup}\n{"value": {"${markup}": 1}}`);
    await expect(page.getByText("2 lines cannot be sent.")).toBeVisible();
    await expect(page.locator("img")).toHaveCount(0);
  });
});

for (const [where, path] of [
  ["a filter", `${list}?q=${encodeURIComponent("<img src=x onerror=alert(1)>")}`],
  ["the name of a cluster", url`/clusters/${"<img src=x onerror=alert(1)>"}`],
] as const) {
  test.describe(where, () => {
    test.use({ expected: [/^console: Failed to load resource: .* 404 /] });

    test(`markup in ${where} is text`, async ({ page }) => {
      await page.goto(path);
      await expect(page.getByRole("main")).toContainText("<img src=x onerror=alert(1)>");
      await expect(page.locator("img")).toHaveCount(0);
    });
  });
}
