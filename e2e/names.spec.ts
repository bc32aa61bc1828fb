import { randomBytes } from "node:crypto";
import { url } from "../lib/api/url.ts";
import { cluster, expect, test, uniqueName } from "./kafdeck.ts";

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

test("markup in keys, values and headers is text", async ({ page, makeTopic }) => {
  const markup = "<img src=x onerror=alert(1)>";
  const name = await makeTopic({
    records: [
      { key: markup, value: markup, headers: { [markup]: markup } },
      { key: `{"a":"${markup}"}`, value: `{"a":"${markup}","</script><script>alert(2)</script>":1}` },
    ],
  });
  await page.goto(url`/clusters/${cluster}/topics/${name}/messages`);
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
