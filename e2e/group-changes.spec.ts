import type { Page } from "@playwright/test";
import { committedOffsets, expect, groupPage, test } from "./groups.ts";
import { uniqueName } from "./kafdeck.ts";

const records = (count: number) => Array.from({ length: count }, (_, at) => ({ value: `record ${at}`, partition: 0 }));
const openAction = async (page: Page, group: string, action: string) => {
  await page.getByRole("button", { name: `Actions for ${group}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
};

test("a group is deleted once its name is typed, and made again with the offsets it had", async ({
  page,
  kafka,
  makeTopic,
  makeGroup,
}) => {
  const topic = await makeTopic({ records: records(5) });
  const group = await makeGroup({ [topic]: [3n] });
  const exists = async () => (await kafka.admin.listGroups()).groups.some(({ groupId }) => groupId === group);
  await page.goto(groupPage(group));
  await openAction(page, group, "Delete group…");
  const dialog = page.getByRole("dialog", { name: `Delete ${group}` });
  await expect(dialog.getByRole("table", { name: "Offsets that go with the group" })).toContainText("3");
  const confirm = dialog.getByRole("button", { name: "Delete group" });
  await dialog.getByRole("textbox").fill(group.slice(0, -1));
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox").fill(group);
  expect(await exists()).toBe(true);
  await confirm.click();
  await expect(page.getByText(`Group ${group} deleted.`)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Consumer groups");
  expect(await exists()).toBe(false);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => committedOffsets(kafka.admin, group, topic)).toEqual(["3"]);
});

test("offsets of one topic are deleted and put back on the page, also by who comes later", async ({
  page,
  kafka,
  makeTopic,
  makeGroup,
}) => {
  const topic = await makeTopic({ partitions: 2, records: records(5) });
  const kept = await makeTopic({ records: records(5) });
  const group = await makeGroup({ [topic]: [3n, 0n], [kept]: [4n] });
  await page.goto(groupPage(group));
  await openAction(page, group, "Delete offsets of a topic…");
  const dialog = page.getByRole("dialog", { name: `Delete offsets of ${group}` });
  await dialog.getByRole("combobox", { name: "Topic" }).selectOption(topic);
  await expect(dialog).toContainText("2 committed offsets go; records are not touched.");
  const confirm = dialog.getByRole("button", { name: "Delete 2 offsets" });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("checkbox", { name: /^The group forgets how far it has read/ }).check();
  await confirm.click();
  await expect(page.getByText(`2 offsets of ${topic} deleted.`)).toBeVisible();
  expect(await committedOffsets(kafka.admin, group, topic)).toEqual(["-1", "-1"]);
  expect(await committedOffsets(kafka.admin, group, kept)).toEqual(["4"]);

  await page.reload();
  await openAction(page, group, "Undo last change…");
  const undo = page.getByRole("dialog", { name: `Put back offsets of ${group}` });
  await expect(undo).toContainText("2 offsets go back to where they were");
  await undo.getByRole("button", { name: "Put back 2 offsets" }).click();
  await expect(undo).toHaveCount(0);
  expect(await committedOffsets(kafka.admin, group, topic)).toEqual(["3", "0"]);
});

test("a group with members is not deleted, and they are named; one of them is removed after its plan", async ({
  page,
  makeTopic,
  join,
}) => {
  const topic = await makeTopic({ partitions: 2, records: records(2) });
  const group = uniqueName("busy");
  await join(group, topic, "ledger-writer-0");
  await page.goto(groupPage(group));
  await openAction(page, group, "Delete group…");
  const dialog = page.getByRole("dialog", { name: `Delete ${group}` });
  await expect(dialog).toContainText("It cannot be deleted while it has members.");
  await expect(dialog).toContainText("ledger-writer-0 on 127.0.0.1");
  await dialog.getByRole("textbox").fill(group);
  await expect(dialog.getByRole("button", { name: "Delete group" })).toBeDisabled();
  await dialog.getByRole("button", { name: "Cancel" }).click();

  const members = page.getByRole("table", { name: `Members of ${group}` });
  const member = members.getByRole("row").filter({ hasText: "ledger-writer-0" });
  await member.click();
  await page
    .getByRole("region", { name: "Member ledger-writer-0" })
    .getByRole("button", { name: /^Remove/ })
    .click();
  const removal = page.getByRole("dialog", { name: "Remove a member" });
  await expect(removal).toContainText("nobody reads its 2 partitions then");
  await expect(removal).toContainText("A client that still runs joins again by itself.");
  const memberId = await removal.locator("code").last().textContent();
  await removal.getByRole("button", { name: "Remove member" }).click();
  await expect(page.getByText("ledger-writer-0 removed. If it still runs it joins again.")).toBeVisible();
  await expect(members.getByText(memberId ?? "")).toHaveCount(0);
});
