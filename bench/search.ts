import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { queryString, url } from "../lib/api/url.ts";
import { type Codec, codecNames } from "../lib/kafka/scan/codecs.ts";
import { figure, heading, median } from "./figures.ts";
import { NEEDLE, RECORDS, topicOf } from "./million.ts";
import type { RunningServer } from "./server.ts";

const run = promisify(execFile);
const ROUNDS = 3;

export type SearchEnd = { hits: number; scanned: number; reason: string };

/** Searches a whole topic from its beginning, reads every line, and gives what the last one says. */
export async function search(server: RunningServer, topic: string, query: Record<string, string>): Promise<SearchEnd> {
  const path = url`/api/clusters/${"bench"}/topics/${topic}/messages`;
  const answer = await fetch(server.origin + path + queryString({ from: "oldest", limit: "100000", ...query }));
  let last = "";
  for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    last = (last + piece).slice(-200_000);
  }
  const line = JSON.parse(last.trimEnd().slice(last.trimEnd().lastIndexOf("\n") + 1));
  if (line.type !== "end") throw new Error(`The search of ${topic} ended with ${JSON.stringify(line).slice(0, 500)}`);
  return { hits: line.hits, scanned: line.scanned.records, reason: line.reason };
}

/** Milliseconds, and the count that grep gives. */
async function kcat(bootstrap: string, topic: string, text: string): Promise<{ milliseconds: number; count: number }> {
  const script = 'kcat -C -e -q -o beginning -b "$0" -t "$1" | grep -c -- "$2"';
  const started = performance.now();
  const { stdout } = await run("sh", ["-c", script, bootstrap, topic, text]);
  return { milliseconds: performance.now() - started, count: Number(stdout) };
}

/** What is searched for, the bar as a multiple of kcat piped to grep, and how many records must be found. */
const cases: { name: string; query: Record<string, string>; bar: number | null; grep: string | null }[] = [
  { name: "text, rare", query: { q: NEEDLE }, bar: 0.7, grep: NEEDLE },
  { name: "CEL, literal in 1 of 1,000", query: { filter: 'value.region == "antarctica"' }, bar: 1, grep: "antarctica" },
  {
    name: "CEL, literal in every batch",
    query: { filter: 'value.status == "FAILED" && value.amount > 999.9' },
    bar: 2,
    grep: null,
  },
  { name: "CEL, every record decoded", query: { filter: "value.amount > 999.5" }, bar: 3, grep: null },
  {
    name: "CEL, int64 above 2^53 in every record",
    query: { filter: "value.ledgerEntryId == 9007199254840993" },
    bar: null,
    grep: null,
  },
];

/** Each search beside kcat piped to grep, in turn, so that both meet the same machine. */
export async function benchSearch(server: RunningServer, bootstrap: string): Promise<void> {
  for (const codec of codecNames) {
    heading(`Search of 1,000,000 records, ${codec}: as a multiple of kcat piped to grep`);
    for (const one of cases) await compare(server, bootstrap, codec, one);
  }
}

async function compare(server: RunningServer, bootstrap: string, codec: Codec, one: (typeof cases)[number]) {
  const topic = topicOf(codec);
  const ratios: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const peer = await kcat(bootstrap, topic, one.grep ?? NEEDLE);
    const started = performance.now();
    const end = await search(server, topic, one.query);
    const milliseconds = performance.now() - started;
    if (end.reason !== "end" || end.scanned !== RECORDS) throw new Error(`${one.name} stopped: ${JSON.stringify(end)}`);
    if (one.grep !== null && end.hits !== peer.count)
      throw new Error(`${one.name}: ${end.hits} hits, but grep counts ${peer.count}.`);
    ours.push(milliseconds);
    ratios.push(milliseconds / peer.milliseconds);
  }
  figure(one.name, median(ratios), "x", one.bar, `${(median(ours) / 1000).toFixed(2)} s`);
}
