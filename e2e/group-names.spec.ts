import type { GroupDetail } from "../lib/api/groups.ts";
import { queryString, url } from "../lib/api/url.ts";
import { expect, groupApi, groupPage, groupsPage, test, untilListed } from "./groups.ts";
import { cluster, failedToLoad, readApi, uniqueName } from "./kafdeck.ts";

const markup = "<img src=x onerror=alert(1)>";

const names = {
  "a slash": "orders/eu/loader",
  "a percent sign": "100%zz %2F",
  spaces: " two  words ",
  quotes: `it's "quoted" \`thus\``,
  "an emoji": "lagging 🐢 group",
  "a dot": ".",
  "two dots": "..",
  "what ends as the framework's own data does": "loader.rsc",
  markup,
  "nothing at all": "",
};

for (const [what, name] of Object.entries(names)) {
  test(`a group whose id is or holds ${what} opens by its link, by its address and by the API`, async ({
    page,
    request,
    makeTopic,
    makeGroup,
  }) => {
    const topic = await makeTopic({ records: [{ value: "one" }, { value: "two" }] });
    await makeGroup({ [topic]: [1n] }, name);
    expect((await readApi<GroupDetail>(request, groupApi(name))).groupId).toBe(name);

    await page.goto(groupsPage + queryString({ q: `topic:${topic}` }));
    await page.getByRole("table").getByRole("link").first().click();
    const title = page.getByRole("heading", { level: 1 });
    await expect(title).toHaveText(name === "" ? "(empty name)" : name.trim().replace(/ +/g, " "));
    await expect(page.getByRole("table", { name: /^Partitions of/ })).toContainText("2");
    await page.reload();
    await expect(page.getByRole("table", { name: /^Partitions of/ })).toContainText("2");
    await page.getByRole("link", { name: "Reset offsets…" }).click();
    await page.getByRole("radio", { name: /^Earliest/ }).check();
    const plan = page.getByRole("region", { name: "Plan" });
    await expect(plan).toContainText("1 committed offset will change");
    await expect(page.locator("img")).toHaveCount(0);
  });
}

test.describe("markup", () => {
  // One of the addresses names a group that is none.
  test.use({ expected: [failedToLoad(404)] });

  test("markup in ids of groups, members and clients is text, wherever they are shown", async ({
    page,
    request,
    makeTopic,
    join,
  }) => {
    const topic = await makeTopic({ records: [{ key: markup, value: markup }] });
    const group = `${uniqueName("xss")} ${markup}`;
    await join(group, topic, `client ${markup}`);
    await untilListed(request, group);
    for (const [path, shows] of [
      [groupsPage + queryString({ q: `topic:${topic}` }), group],
      [groupsPage + queryString({ q: markup, status: markup, type: markup, sort: markup }), markup],
      [groupPage(group), `client ${markup}`],
      [`${groupPage(group)}/reset${queryString({ to: "earliest" })}`, `client ${markup}`],
      [`${groupPage(group)}/reset${queryString({ to: "group", of: markup, topics: markup })}`, markup],
      [`${groupsPage}/new${queryString({ group: markup, to: "latest", topics: topic })}`, "Create a group at offsets"],
      [url`/clusters/${cluster}/topics/${topic}/consumers`, group],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole("main")).toContainText(shows);
      await expect(page.locator("img")).toHaveCount(0);
    }
  });
});
