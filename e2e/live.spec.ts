import { join } from "node:path";
import type { Page } from "@playwright/test";
import { root } from "../scripts/lib/paths.mjs";
import { expect, kafkaEnvironment, messagesOf, produceRecords, rows, test } from "./kafdeck.ts";

const counting = { NODE_OPTIONS: `--import=${join(root, "e2e", "count-fetches.mjs")}` };
const leave: { [how: string]: (page: Page) => Promise<unknown> } = {
  "by a link": (page) => page.getByRole("link", { name: "Partitions" }).click(),
  "by closing the tab": (page) => page.close(),
};

test("what is written is shown as it comes; a pause holds it, and nothing is lost", async ({
  page,
  makeTopic,
  kafka: { kafka },
}) => {
  const name = await makeTopic({ records: [{ value: "before" }] });
  await page.goto(messagesOf(name));
  await expect(rows(page)).toContainText("before");
  await page.getByRole("button", { name: "Live", exact: true }).click();
  await expect(page.getByText("Nothing has come yet")).toBeVisible();
  await expect(page).toHaveURL(/follow=1/);
  await produceRecords(kafka, name, [{ value: "first" }]);
  await expect(rows(page).first()).toContainText("first");
  await page.getByRole("button", { name: "Pause" }).click();
  await produceRecords(kafka, name, [{ value: "second" }, { value: "third" }]);
  await expect(page.getByText("Resuming goes on at the same place.")).toBeVisible();
  await expect(page.getByText("1 record came")).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("3 records came")).toBeVisible();
  await expect(rows(page).first()).toContainText("third");
  await expect(rows(page)).toHaveCount(3);
});

for (const [how, goAway] of Object.entries(leave)) {
  test(`leaving a live tail ${how} ends its fetches within a second`, async ({ page, makeTopic, start }) => {
    const name = await makeTopic();
    const { address, log } = await start({ ...kafkaEnvironment(), ...counting });
    const fetches = () => log().split("fetch-request").length - 1;
    await page.goto(`${address}${messagesOf(name)}?follow=1`);
    await expect(page.getByText("0 records came")).toBeVisible();
    const begun = fetches();
    await expect.poll(fetches).toBeGreaterThan(begun + 1);
    await goAway(page);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const left = fetches();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(fetches()).toBe(left);
  });
}
