import { url } from "../lib/api/url.ts";
import { cluster, expect, test } from "./kafdeck.ts";

const topics = url`/clusters/${cluster}/topics`;
const title = (name: string) => ({ level: 1, name, exact: true }) as const;

test("the chosen theme is remembered, whatever the system says", async ({ page }) => {
  await page.goto(topics);
  const theme = page.locator("html");
  await expect(theme).toHaveAttribute("data-theme", "light");
  await page.getByRole("button", { name: "Theme: as the system" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(theme).toHaveAttribute("data-theme", "dark");
  await page.reload({ waitUntil: "commit" });
  await expect(theme).toHaveAttribute("data-theme", "dark");
  await page.getByRole("button", { name: "Theme: dark" }).click();
  await page.getByRole("menuitemradio", { name: "As the system" }).click();
  await expect(theme).toHaveAttribute("data-theme", "light");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(theme).toHaveAttribute("data-theme", "dark");
});

test("topics are found and opened by keys alone", async ({ page }) => {
  await page.goto(url`/clusters/${cluster}`);
  await expect(page.getByText("Biggest topics")).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await expect(page.getByRole("heading", title("Topics"))).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "audit.log" })).toBeVisible();
  await page.keyboard.press("/");
  const filter = page.getByRole("searchbox");
  await expect(filter).toBeFocused();
  await page.keyboard.type("payments");
  await expect(page.getByRole("row").filter({ hasText: "audit.log" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(filter).toHaveValue("");
  await page.keyboard.type("ledger");
  await page.keyboard.press("Tab");
  await page.getByRole("heading", title("Topics")).evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", title("ledger.postings"))).toBeVisible();
});

test("the palette goes to a topic, and Escape closes it", async ({ page }) => {
  await page.goto(url`/clusters/${cluster}/brokers`);
  await expect(
    page
      .getByRole("main")
      .getByText(/127\.0\.0\.1/)
      .first(),
  ).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Go to, or do" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(palette).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("v3 dlq");
  await expect(palette.getByRole("option", { name: /payments\.authorisation\.v3\.dlq/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", title("payments.authorisation.v3.dlq"))).toBeVisible();
});

test("the list of keys opens by a question mark", async ({ page }) => {
  await page.goto(topics);
  await expect(page.getByRole("row").filter({ hasText: "audit.log" })).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("Pause or go on refreshing");
});

test("the page refreshes by itself until it is paused", async ({ page }) => {
  let asked = 0;
  page.on("request", (sent) => {
    if (new URL(sent.url()).pathname === url`/api/clusters/${cluster}/topics`) asked += 1;
  });
  await page.clock.install();
  await page.goto(topics);
  await expect(page.getByRole("button", { name: /^Updated .* Refresh settings$/ })).toBeVisible();
  await page.keyboard.press("p");
  const paused = page.getByRole("button", { name: /^Paused.* Refresh settings$/ });
  await expect(paused).toBeVisible();
  const before = asked;
  await page.clock.runFor(50_000);
  expect(asked).toBe(before);
  await paused.click();
  await page.getByRole("menuitem", { name: "Go on refreshing" }).click();
  await page.clock.runFor(11_000);
  await expect.poll(() => asked).toBeGreaterThan(before);
});

test("what is on screen is copied as a command", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(url`/clusters/${cluster}/topics/${"audit.log"}/partitions`);
  await page.getByRole("button", { name: "Copy as command" }).click();
  const command = page.getByRole("dialog", { name: "Copy as command" });
  await expect(command).toContainText(/kafka-topics\.sh[\s\S]*--describe[\s\S]*--topic 'audit\\\.log'/);
  await command.getByRole("button", { name: "Copy command" }).click();
  await expect(command.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("--topic 'audit\\.log'");
});

test("on a phone the bar at the bottom leads everywhere", async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 812 });
  await page.goto(url`/clusters/${cluster}`);
  const bar = page.getByRole("navigation", { name: "Main" }).last();
  await bar.getByRole("link", { name: "Topics" }).click();
  await expect(page.getByRole("heading", title("Topics"))).toBeVisible();
  await bar.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Connection doctor" }).click();
  await expect(page.getByRole("heading", title("Connection doctor"))).toBeVisible();
  await page.goto(url`/clusters/${cluster}/topics/${"audit.log"}/partitions`);
  await page.getByRole("navigation", { name: "Breadcrumbs" }).getByRole("link", { name: "Topics" }).click();
  await expect(page.getByRole("heading", title("Topics"))).toBeVisible();
});
