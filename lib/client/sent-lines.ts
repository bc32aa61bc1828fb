import type { Problem } from "../api/problem.ts";
import type { ProduceResult } from "../api/produce.ts";

export type SentPartition = { partition: number; count: number; first: string; last: string };

/** What became of the lines of a file so far. */
export type SentLines = {
  written: number;
  partitions: readonly SentPartition[];
  /** Refused lines, in order. */
  refused: readonly { line: number; problem: Problem }[];
  /** The first line that was not sent yet. */
  next: number;
  /** Lines of a request that got no answer: they may have been written, or not. */
  unknown: { first: number; last: number } | null;
};

export const nothingSent: SentLines = { written: 0, partitions: [], refused: [], next: 1, unknown: null };

const smaller = (a: string, b: string) => (BigInt(a) < BigInt(b) ? a : b);
const larger = (a: string, b: string) => (BigInt(a) > BigInt(b) ? a : b);

/** With the answer to a request that held the records of `lines`. Items stand in the order of the records. */
export function addAnswer(
  sent: SentLines,
  lines: readonly number[],
  { items }: Pick<ProduceResult, "items">,
): SentLines {
  const partitions = new Map(sent.partitions.map((each) => [each.partition, each]));
  const refused = sent.refused.filter(({ line }) => !lines.includes(line));
  let written = sent.written;
  items.forEach(({ partition, offset, problem }, at) => {
    const line = lines[at] ?? sent.next;
    if (problem !== null) refused.push({ line, problem });
    if (problem !== null || offset === null) return;
    written++;
    const known = partitions.get(partition);
    partitions.set(partition, {
      partition,
      count: (known?.count ?? 0) + 1,
      first: known ? smaller(known.first, offset) : offset,
      last: known ? larger(known.last, offset) : offset,
    });
  });
  return {
    written,
    partitions: [...partitions.values()].sort((a, b) => a.partition - b.partition),
    refused: refused.sort((a, b) => a.line - b.line),
    next: Math.max(sent.next, (lines.at(-1) ?? 0) + 1),
    unknown: stillUnknown(sent.unknown, lines),
  };
}

/** Lines without an answer, less those that were sent again and have one now. */
function stillUnknown(unknown: SentLines["unknown"], lines: readonly number[]): SentLines["unknown"] {
  if (unknown === null || !lines.includes(unknown.first)) return unknown;
  const first = (lines.at(-1) ?? 0) + 1;
  return first > unknown.last ? null : { first, last: unknown.last };
}

/** A request that failed as a whole. Where Kafdeck refused it, nothing was written; where it did not answer, nobody knows. */
export function addFailure(sent: SentLines, lines: readonly number[], problem: Problem): SentLines {
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return sent;
  return { ...sent, unknown: problem.status >= 500 ? { first, last } : null };
}

/** Lines that may have been written, or not: sending them again may write them twice. */
export const doubtfulLines = ({ refused, unknown }: SentLines): number =>
  refused.filter(({ problem }) => problem.code === "maybe-written").length +
  (unknown === null ? 0 : unknown.last - unknown.first + 1);

/** Which lines are sent when sending goes on: those refused before, and all from the first that was not sent. */
export function leftLines(sent: SentLines, withDoubtful: boolean): (line: number) => boolean {
  const again = new Set(
    sent.refused.filter(({ problem }) => withDoubtful || problem.code !== "maybe-written").map(({ line }) => line),
  );
  const { next, unknown } = sent;
  return (line) =>
    again.has(line) ||
    (line >= next && (withDoubtful || unknown === null || line < unknown.first || line > unknown.last));
}
