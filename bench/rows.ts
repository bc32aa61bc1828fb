import type { Browser } from "playwright";
import { queryString, url } from "../lib/api/url.ts";
import { figure, heading } from "./figures.ts";
import type { RunningServer } from "./server.ts";

const ROWS = 100_000;
const STEPS = 200;

/** Scrolls through a table of 100,000 records and tells the longest time the page was busy at one go. */
export async function benchRows(server: RunningServer, browser: Browser, topic: string): Promise<void> {
  heading("100,000 rows in the table");
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  try {
    const page = await context.newPage();
    const query = queryString({ from: "oldest", q: "status", limit: String(ROWS) });
    await page.goto(server.origin + url`/clusters/${"bench"}/topics/${topic}/messages` + query);
    const table = page.getByRole("table");
    await page.waitForFunction(
      (rows) => Number(document.querySelector("[aria-rowcount]")?.getAttribute("aria-rowcount")) >= rows,
      ROWS,
      { timeout: 120_000, polling: 500 },
    );
    const longest = await table.evaluate(async (element, steps) => {
      let most = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) most = Math.max(most, duration);
      }).observe({ type: "longtask" });
      let scroller: Element | null = element;
      while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
      if (!scroller) throw new Error("Nothing scrolls.");
      for (let step = 0; step < steps; step++) {
        scroller.scrollTop = (scroller.scrollHeight * step) / steps;
        await new Promise((resume) => requestAnimationFrame(resume));
      }
      // Entries are told a moment after the task.
      await new Promise((resume) => setTimeout(resume, 500));
      return most;
    }, STEPS);
    figure(
      "longest task while scrolling",
      longest,
      "ms",
      50,
      "0: none above 50 ms, which is where the browser begins to tell",
    );
  } finally {
    await context.close();
  }
}
