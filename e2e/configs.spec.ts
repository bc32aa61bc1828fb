import type { ConfigEntry } from "../lib/api/configs.ts";
import { url } from "../lib/api/url.ts";
import { cluster, expect, failedToLoad, readApi, test } from "./kafdeck.ts";

test("a config is changed by a plan that names the loss, read back and undone", async ({
  page,
  request,
  makeTopic,
}) => {
  const name = await makeTopic({
    configs: { "retention.ms": "604800000" },
    records: [{ value: "a day old", timestamp: String(Date.now() - 86_400_000) }],
  });
  const retention = async () => {
    const path = url`/api/clusters/${cluster}/topics/${name}/configs`;
    const { items } = await readApi<{ items: ConfigEntry[] }>(request, path);
    return items.find((entry) => entry.name === "retention.ms")?.value;
  };
  await page.goto(`${url`/clusters/${cluster}/topics/${name}/configs`}?config=retention.ms`);
  await page.getByRole("combobox", { name: "Unit of Value of retention.ms" }).selectOption({ label: "hours" });
  await page.getByRole("textbox", { name: "Value of retention.ms", exact: true }).fill("1");

  const plan = page.getByRole("region", { name: "Pending changes" });
  await expect(plan.getByText("604800000")).toBeVisible();
  await expect(plan.getByText("3600000", { exact: true })).toBeVisible();
  await expect(plan.getByText(/Broker 1 validated it/)).toBeVisible();
  await expect(plan.getByText("--add-config")).toBeVisible();
  const apply = plan.getByRole("button", { name: "Apply 1 change" });
  await expect(apply).toBeDisabled();
  expect(await retention()).toBe("604800000");
  await plan.getByRole("checkbox", { name: /^I understand that .* may be deleted or lost$/ }).check();
  await apply.click();
  await expect(page.getByRole("main").getByText("1 config set and read back.")).toBeVisible();
  expect(await retention()).toBe("3600000");

  await page.getByRole("main").getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("main").getByText("1 config put back and read back.")).toBeVisible();
  expect(await retention()).toBe("604800000");
});

test.describe("refused", () => {
  test.use({ expected: [failedToLoad(400)] });

  test("a value that the broker refuses stays a plan, with the broker's reason", async ({
    page,
    request,
    makeTopic,
  }) => {
    const name = await makeTopic();
    await page.goto(`${url`/clusters/${cluster}/topics/${name}/configs`}?config=min.cleanable.dirty.ratio`);
    await page.getByRole("textbox", { name: "Value of min.cleanable.dirty.ratio" }).fill("7");
    const plan = page.getByRole("region", { name: "Pending changes" });
    await expect(plan.getByText(/must be (no more than|at most|between)/).first()).toBeVisible();
    await expect(plan.getByRole("button", { name: "Apply 1 change" })).toBeDisabled();
    const path = url`/api/clusters/${cluster}/topics/${name}/configs`;
    const { items } = await readApi<{ items: ConfigEntry[] }>(request, path);
    expect(items.find((entry) => entry.name === "min.cleanable.dirty.ratio")?.changed).toBe(false);
  });
});
