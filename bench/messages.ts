import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright";
import { url } from "../lib/api/url.ts";
import { type Codec, codecNames } from "../lib/kafka/scan/codecs.ts";
import { startKafka } from "../scripts/kafka/cluster.ts";
import { coldPage } from "./browser.ts";
import { figure, heading, median, quantile, timed } from "./figures.ts";
import { seedMillion, topicOf, writeLines } from "./million.ts";
import { benchRows } from "./rows.ts";
import { benchSearch, search } from "./search.ts";
import { ask, type RunningServer, startServer } from "./server.ts";

const newestOf = (codec: Codec) => url`/api/clusters/${"bench"}/topics/${topicOf(codec)}/messages`;
const NEWEST = newestOf("zstd");
const FIRST_RECORD = "tbody tr[aria-rowindex] td";

/** Pages and searches of topics with a million records, one for each codec. */
export async function benchMessages(browser: Browser): Promise<void> {
  heading("Writing 1,000,000 records with each codec");
  const folder = mkdtempSync(join(tmpdir(), "kafdeck-bench-"));
  const kafka = await startKafka({ brokers: 1, heap: 1024 });
  try {
    const file = await writeLines(folder);
    for (const codec of codecNames) {
      const [milliseconds = 0] = await timed(1, () => seedMillion(kafka.bootstrap, file, codec));
      figure(`written by kcat, ${codec}`, milliseconds / 1000, "s", null);
    }
    rmSync(file);
    const server = await startServer(kafka.bootstrap);
    try {
      await pages(server, browser);
      await benchSearch(server, kafka.bootstrap);
      await together(server);
      await benchRows(server, browser, topicOf("none"));
    } finally {
      await server.stop();
    }
  } finally {
    await kafka.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pages(server: RunningServer, browser: Browser): Promise<void> {
  heading("Newest 50 of 1,000,000 records");
  for (const codec of ["none", "zstd"] as const) {
    const newest = newestOf(codec);
    for (let i = 0; i < 20; i++) await ask(server, newest);
    const warm = await timed(200, () => ask(server, newest));
    figure(`GET messages, ${codec}, p50`, median(warm), "ms", 12);
    figure(`GET messages, ${codec}, p95`, quantile(warm, 0.95), "ms", null);
  }
  const page = server.origin + url`/clusters/${"bench"}/topics/${topicOf("zstd")}/messages`;
  await coldPage(browser, page, FIRST_RECORD);
  const cold = [];
  for (let i = 0; i < 7; i++) cold.push(await coldPage(browser, page, FIRST_RECORD));
  figure("Messages, cold browser: records shown, p50", median(cold.map(({ milliseconds }) => milliseconds)), "ms", 700);
  figure("Messages, cold browser: over the wire", median(cold.map(({ kilobytes }) => kilobytes)), "kB", 300);
}

/** Searches beside other people's pages, beside each other, and one after the other. */
async function together(server: RunningServer): Promise<void> {
  heading("Searches and others");
  const whole = (codec: (typeof codecNames)[number]) =>
    search(server, topicOf(codec), { filter: "value.amount > 999.5" });
  await Promise.all([whole("zstd"), whole("lz4")]);
  const warmMegabytes = server.rssMegabytes();
  const idle = await timed(200, () => ask(server, NEWEST));
  let searching = true;
  const busy = (async () => {
    while (searching) await whole("none");
  })();
  const beside = await timed(200, () => ask(server, NEWEST));
  searching = false;
  await busy;
  const ratio = quantile(beside, 0.95) / quantile(idle, 0.95);
  const note = `${quantile(beside, 0.95).toFixed(0)} ms beside ${quantile(idle, 0.95).toFixed(0)} ms`;
  figure("page p95 while a search runs, against idle", ratio, "x", 3, note);

  let most = warmMegabytes;
  const watch = setInterval(() => {
    most = Math.max(most, server.rssMegabytes());
  }, 50);
  const [eight = 0] = await timed(1, () =>
    Promise.all(Array.from({ length: 8 }, (_, i) => whole(codecNames[i % 5] ?? "none"))),
  );
  clearInterval(watch);
  figure("eight searches at once, all ended after", eight / 1000, "s", null);
  figure("RSS at its highest, above the warm pool", most - warmMegabytes, "MB", 200);

  const after: number[] = [];
  for (let round = 0; round < 10; round++) {
    await whole("lz4");
    after.push(server.rssMegabytes());
  }
  figure(
    "RSS after the 10th search against the 2nd",
    (after[9] ?? 0) / (after[1] ?? 1),
    "x",
    1.05,
    `${after[9]?.toFixed(0)} MB`,
  );
}
