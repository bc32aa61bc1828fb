import { cpus } from "node:os";
import type { Browser } from "playwright";
import { openBrowser } from "./browser.ts";
import { summary } from "./figures.ts";
import { benchGroups } from "./groups.ts";
import { benchMessages } from "./messages.ts";
import { benchTopics } from "./topics.ts";

const parts: Record<string, (browser: Browser) => Promise<void>> = {
  topics: benchTopics,
  messages: benchMessages,
  groups: benchGroups,
};
export const partNames = Object.keys(parts);

/** The parts of these names, each once; none given: all. Each starts what it needs and stops it. */
export async function bench(names: string[]): Promise<void> {
  process.stdout.write(
    `\n${new Date().toISOString()}  ${cpus().length} x ${cpus()[0]?.model}  Node ${process.version}\n`,
  );
  const browser = await openBrowser();
  try {
    for (const [name, part] of Object.entries(parts))
      if (names.length === 0 || names.includes(name)) await part(browser);
  } finally {
    await browser.close();
  }
  const { all, over } = summary();
  process.stdout.write(`\n${all} figures, ${over} over their bar\n`);
}
