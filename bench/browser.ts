import { type Browser, chromium } from "playwright";

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.KAFDECK_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
}

/** `ownKilobytes`: without the answers of the API, so what does not grow with the cluster. */
export type ColdPage = { milliseconds: number; kilobytes: number; ownKilobytes: number };

/**
 * One page in a browser context that never saw Kafdeck: from the navigation until `selector` shows, as the page's own clock
 * tells it, and what came over the wire, compressed, by then and until the network is quiet.
 */
export async function coldPage(browser: Browser, address: string, selector: string): Promise<ColdPage> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    let bytes = 0;
    let data = 0;
    const answers = new Set<string>();
    session.on("Network.requestWillBeSent", ({ requestId, request }) => {
      if (new URL(request.url).pathname.startsWith("/api/")) answers.add(requestId);
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      bytes += encodedDataLength;
      if (answers.has(requestId)) data += encodedDataLength;
    });
    await session.send("Network.enable");
    await page.addInitScript((wanted) => {
      const look = () => {
        if (document.querySelector(wanted))
          (globalThis as { kafdeckShownAt?: number }).kafdeckShownAt = performance.now();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, selector);
    await page.goto(address, { waitUntil: "commit" });
    await page.waitForSelector(selector);
    const milliseconds = await page.evaluate(
      () => (globalThis as { kafdeckShownAt?: number }).kafdeckShownAt ?? Number.NaN,
    );
    await page.waitForLoadState("networkidle");
    return { milliseconds, kilobytes: bytes / 1000, ownKilobytes: (bytes - data) / 1000 };
  } finally {
    await context.close();
  }
}
