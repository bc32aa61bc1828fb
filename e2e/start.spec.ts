import { expect, test } from "@playwright/test";

test("the first page shows the cluster that Kafdeck was started with", async ({ page }) => {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto("/");
  await expect(page.getByText("embedded").first()).toBeVisible();
  expect(problems).toEqual([]);
});

test("the server is healthy", async ({ request }) => {
  const answer = await request.get("/api/health");
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({ status: "ok" });
});
