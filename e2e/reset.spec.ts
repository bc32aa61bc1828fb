import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { SetOffsetsResult } from "../lib/api/group-offsets.ts";
import { queryString, url } from "../lib/api/url.ts";
import { committedOffsets, expect, groupApi, groupPage, groupsPage, test } from "./groups.ts";
import { cluster, failedToLoad, kafkaEnvironment, produceRecords, uniqueName } from "./kafdeck.ts";

const resetPage = (group: string, wish: Record<string, string> = {}) =>
  url`/clusters/${cluster}/groups/${group}/reset` + queryString(wish);
const records = (count: number, partition = 0) =>
  Array.from({ length: count }, (_, at) => ({ key: `key-${at}`, value: `record ${at}`, partition }));
const plan = (page: Page) => page.getByRole("region", { name: "Plan" });
const readBack = (page: Page) => page.getByRole("region", { name: "Read back" });
/** What a panel or banner of the page says; a toast may say the same. */
const says = (page: Page, text: string) => page.getByRole("main").getByText(text);
/** The row of a partition in a plan of one topic. */
const planned = (page: Page, partition: number) =>
  plan(page)
    .getByRole("row")
    .filter({ has: page.locator(":is(td, th):first-child").filter({ hasText: new RegExp(`^${partition}$`) }) });

test("a reset shows its plan, writes nothing before it is confirmed, is read back and undone", async ({
  page,
  kafka,
  makeTopic,
  makeGroup,
}) => {
  const topic = await makeTopic({ partitions: 2, records: [...records(5), ...records(3, 1)] });
  const group = await makeGroup({ [topic]: [4n, 2n] });
  const committed = () => committedOffsets(kafka.admin, group, topic);
  await page.goto(groupPage(group));
  await page.getByRole("link", { name: "Reset offsets…" }).click();
  await expect(says(page, "The group is empty, so it can be reset.")).toHaveCount(0);
  await page.getByRole("radio", { name: /^Earliest/ }).check();
  await expect(says(page, "The group is empty, so it can be reset.")).toBeVisible();
  await expect(planned(page, 0)).toContainText("key-0");
  await expect(plan(page)).toContainText("2 committed offsets will change; records are not touched.");
  await expect(page).toHaveURL(/to=earliest/);
  expect(await committed()).toEqual(["4", "2"]);
  await plan(page).getByRole("button", { name: "Set 2 offsets" }).click();
  await expect(says(page, "2 offsets set and read back.")).toBeVisible();
  await expect(readBack(page).getByText("Set and read back")).toHaveCount(2);
  expect(await committed()).toEqual(["0", "0"]);
  await page.getByRole("main").getByRole("button", { name: "Undo", exact: true }).click();
  // The toast that offered it goes: what is undone is not to be undone twice.
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toHaveCount(0);
  await expect(says(page, "2 offsets put back and read back.")).toBeVisible();
  expect(await committed()).toEqual(["4", "2"]);
});

test("what is skipped must be understood, and an offset beyond the log is clamped", async ({
  page,
  kafka,
  makeTopic,
  makeGroup,
}) => {
  const topic = await makeTopic({ partitions: 2, records: [...records(5), ...records(3, 1)] });
  const group = await makeGroup({ [topic]: [1n, 1n] });
  await page.goto(resetPage(group, { to: "offset", offset: "4" }));
  await expect(planned(page, 1)).toContainText(/end/i);
  const set = plan(page).getByRole("button", { name: "Set 2 offsets" });
  await expect(set).toBeDisabled();
  await plan(page)
    .getByRole("checkbox", { name: /^This group will never read 5 records/ })
    .check();
  await set.click();
  await expect(says(page, "2 offsets set and read back.")).toBeVisible();
  expect(await committedOffsets(kafka.admin, group, topic)).toEqual(["4", "3"]);
});

test("a group with members is refused and they are named; once they left the same plan goes through", async ({
  page,
  kafka,
  makeTopic,
  join,
}) => {
  const topic = await makeTopic({ records: records(5) });
  const group = uniqueName("live");
  const { leave } = await join(group, topic, "settlement-worker-7");
  await expect.poll(() => committedOffsets(kafka.admin, group, topic)).toEqual(["5"]);
  await page.goto(resetPage(group, { to: "earliest" }));
  await expect(says(page, "The group has 1 live member, so it cannot be reset.")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("settlement-worker-7 on 127.0.0.1");
  await expect(plan(page).getByRole("button", { name: "Set 1 offset" })).toBeDisabled();
  await leave();
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(says(page, "The group is empty, so it can be reset.")).toBeVisible();
  await plan(page).getByRole("button", { name: "Set 1 offset" }).click();
  await expect(says(page, "1 offset set and read back.")).toBeVisible();
  expect(await committedOffsets(kafka.admin, group, topic)).toEqual(["0"]);
});

test.describe("a group that moved", () => {
  test.use({ expected: [failedToLoad(409)] });

  test("a group that moved since the plan is left as it is, and a new plan names what moved", async ({
    page,
    kafka,
    makeTopic,
    makeGroup,
  }) => {
    const topic = await makeTopic({ partitions: 2, records: [...records(5), ...records(5, 1)] });
    const group = await makeGroup({ [topic]: [4n, 4n] });
    await page.goto(resetPage(group, { to: "earliest" }));
    const set = plan(page).getByRole("button", { name: "Set 2 offsets" });
    await expect(set).toBeEnabled();
    await kafka.admin.setOffsets({ groupId: group, topic, partitions: [{ partition: 1, offset: "5" }] });
    await set.click();
    await expect(says(page, "Nothing was written: the group moved since that plan was made.")).toBeVisible();
    await expect(says(page, `Partition 1 of ${topic} was 4 in the plan and is 5 now.`)).toBeVisible();
    expect(await committedOffsets(kafka.admin, group, topic)).toEqual(["4", "5"]);
    await expect(planned(page, 1)).toContainText("5");
    await set.click();
    await expect(says(page, "2 offsets set and read back.")).toBeVisible();
    expect(await committedOffsets(kafka.admin, group, topic)).toEqual(["0", "0"]);
  });

  test("members that come between plan and confirmation keep their offsets", async ({
    page,
    kafka,
    makeTopic,
    makeGroup,
    join,
  }) => {
    const topic = await makeTopic({ records: records(5) });
    const group = await makeGroup({ [topic]: [5n] });
    await page.goto(resetPage(group, { to: "earliest" }));
    const set = plan(page).getByRole("button", { name: "Set 1 offset" });
    await expect(set).toBeEnabled();
    await join(group, topic, "came-back");
    await set.click();
    await expect(says(page, "Not reset: 1 member is live.")).toBeVisible();
    await expect(page.getByRole("main")).toContainText("came-back on 127.0.0.1");
    expect(await committedOffsets(kafka.admin, group, topic)).toEqual(["5"]);
  });
});

test("a saved result puts back what was, on a page that knows nothing else of it", async ({
  page,
  kafka,
  makeTopic,
  makeGroup,
}) => {
  const topic = await makeTopic({ records: records(5) });
  const group = await makeGroup({ [topic]: [3n] });
  await page.goto(resetPage(group, { to: "earliest" }));
  await plan(page).getByRole("button", { name: "Set 1 offset" }).click();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the result" }).click();
  const file = await (await saving).path();
  expect((JSON.parse(readFileSync(file, "utf8")) as SetOffsetsResult).undo?.partitions).toHaveLength(1);
  await page.goto(resetPage(group, { to: "file" }));
  await page.getByLabel("File of offsets").setInputFiles(file);
  await expect(planned(page, 0)).toContainText("3");
  await plan(page).getByRole("checkbox").check();
  await plan(page).getByRole("button", { name: "Set 1 offset" }).click();
  await expect(says(page, "1 offset set and read back.")).toBeVisible();
  expect(await committedOffsets(kafka.admin, group, topic)).toEqual(["3"]);
});

test.describe("a file with a mistake", () => {
  test.use({ expected: [failedToLoad(400)] });

  test("lines of offsets are pasted, and a line that is none is named", async ({ page, makeTopic, makeGroup }) => {
    const topic = await makeTopic({ records: records(5) });
    const group = await makeGroup({ [topic]: [4n] });
    await page.goto(resetPage(group, { to: "file" }));
    const box = page.getByRole("textbox", { name: "Offsets as CSV or JSON" });
    await box.fill(`${topic},0,2\n${topic},zero,1`);
    await expect(page.getByRole("main")).toContainText(/line 2/i);
    await box.fill(`${topic},0,2`);
    await expect(planned(page, 0)).toContainText("key-2");
  });
});

test("a group is created at offsets before its first consumer starts", async ({
  page,
  kafka,
  makeTopic,
  discardGroup,
  join,
}) => {
  const topic = await makeTopic({ records: records(5) });
  const group = uniqueName("created");
  discardGroup(group);
  await page.goto(groupsPage);
  await page.getByRole("link", { name: "Create at offsets…" }).click();
  await page.getByRole("textbox", { name: "Group" }).fill(group);
  await page.getByRole("radio", { name: /^Latest/ }).check();
  await page.getByRole("button", { name: "Add a topic" }).click();
  await page.getByRole("dialog", { name: "Add a topic" }).getByRole("searchbox").fill(topic);
  await page.getByRole("dialog", { name: "Add a topic" }).getByRole("button", { name: topic }).click();
  await expect(plan(page)).toContainText("A group is made with 1 committed offset.");
  await plan(page)
    .getByRole("button", { name: "Create group" })
    .or(plan(page).getByRole("button", { name: "Set 1 offset" }))
    .click();
  await expect(says(page, "1 offset set and read back.")).toBeVisible();
  expect(await committedOffsets(kafka.admin, group, topic)).toEqual(["5"]);
  await page.getByRole("link", { name: "Back to the group" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(group);
  await join(group, topic);
  await produceRecords(kafka.kafka, topic, records(1));
  await expect.poll(() => committedOffsets(kafka.admin, group, topic)).toEqual(["6"]);
});

test.describe("read-only", () => {
  test.use({ expected: [failedToLoad(403)] });

  test("read-only, a plan is shown and nothing can be changed, by page or by API", async ({
    page,
    request,
    start,
    kafka,
    makeTopic,
    makeGroup,
  }) => {
    const topic = await makeTopic({ records: records(5) });
    const group = await makeGroup({ [topic]: [4n] });
    const { address } = await start({ ...kafkaEnvironment(), KAFDECK_READ_ONLY: "true" });
    await page.goto(address + resetPage(group, { to: "earliest" }));
    await expect(planned(page, 0)).toContainText("key-0");
    await expect(plan(page).getByRole("button", { name: "Set 1 offset" })).toBeDisabled();
    const partitions = [{ topic, partition: 0, before: "4", after: "0" }];
    const refused = [
      request.post(`${address + groupApi(group)}/offsets`, { data: { partitions, validateOnly: false } }),
      request.delete(address + groupApi(group), { data: { validateOnly: false } }),
      request.delete(`${address + groupApi(group)}/offsets${queryString({ topic })}`, {
        data: { validateOnly: false },
      }),
    ];
    expect((await Promise.all(refused)).map((answer) => answer.status())).toEqual([403, 403, 403]);
    expect(await committedOffsets(kafka.admin, group, topic)).toEqual(["4"]);
  });
});
