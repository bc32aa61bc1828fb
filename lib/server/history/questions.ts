import type { LagSeries } from "../../api/lag.ts";
import { type SeriesKey, unpackChunk } from "./chunks.ts";
import {
  emptyLine,
  endPlacing,
  type Line,
  type Placing,
  placePoints,
  placeTicks,
  startPlacing,
  ticksAt,
  timelineOf,
} from "./grid.ts";
import { int64Of } from "./int64.ts";
import type { Kept } from "./kept.ts";
import type { Group } from "./recent.ts";
import { seriesOf } from "./series.ts";
import type { GroupLagAnswer, GroupLagQuestion, Timeline } from "./source.ts";
import { chunksOf, type Store } from "./store.ts";
import { statusesOf } from "./store-notes.ts";
import { type Keep, type Tier, tiersOf } from "./tiers.ts";

/** From where a question is answered besides memory, and how finely. */
export function tierFor(kept: Kept, keep: Keep, from: number, now: number): { tier: Tier; finestMs: number } {
  const { minutes, tens } = tiersOf(keep);
  if (from >= now - keep.samplesMs - kept.everyMs) return { tier: minutes, finestMs: kept.everyMs };
  return from >= now - keep.minutesMs - minutes.stepMs
    ? { tier: minutes, finestMs: minutes.stepMs }
    : { tier: tens, finestMs: tens.stepMs };
}

const lineKey = ({ topic, partition }: SeriesKey) => `${topic ?? ""}/${partition ?? ""}`;

/** The lines of a group as they were written, by their key. */
function writtenLines(
  store: Store,
  kept: Kept,
  {
    tier,
    kind,
    group,
    topic,
  }: { tier: Tier; kind: "group" | "topic" | "partition"; group: number; topic: number | null },
  timeline: Timeline,
): Map<string, SeriesKey & { line: Line }> {
  // What came before the first point is told from the step before it.
  const rows = chunksOf(store, kept.id, tier, kind, group, timeline.from - timeline.stepMs, timeline.until);
  const placed = new Map<string, SeriesKey & { placing: Placing }>();
  for (const row of rows) {
    try {
      for (const { columns, ...key } of unpackChunk(row.data).series) {
        if (topic !== null && key.topic !== topic) continue;
        const one = placed.get(lineKey(key)) ?? { ...key, placing: startPlacing(timeline.times.length) };
        placed.set(lineKey(key), one);
        placePoints(one.placing, timeline, columns, row.start, tier.stepMs);
      }
    } catch {
      // Broken bytes are points that are not known.
    }
  }
  const lines = new Map<string, SeriesKey & { line: Line }>();
  for (const [name, { placing, ...key }] of placed) lines.set(name, { ...key, line: endPlacing(placing, tier.stepMs) });
  return lines;
}

/** What is in memory goes over what is written. */
function addRecent(
  lines: Map<string, SeriesKey & { line: Line }>,
  kept: Kept,
  group: Group,
  by: GroupLagQuestion["by"],
  topic: number | null,
  timeline: Timeline,
): void {
  const ticks = ticksAt(kept.recent, timeline, kept.everyMs);
  for (const { columns, ...key } of seriesOf(kept.recent, group, ticks, [by], topic)[by]) {
    const found = lines.get(lineKey(key)) ?? { ...key, line: emptyLine(timeline.times.length) };
    lines.set(lineKey(key), found);
    placeTicks(found.line, columns, ticks, kept.recent);
  }
}

/** A group's lines over a stretch of time; without lines where nothing is kept of it. */
export function groupLag(
  store: Store,
  kept: Kept,
  keep: Keep,
  question: GroupLagQuestion,
  now: number,
): GroupLagAnswer {
  const { tier, finestMs } = tierFor(kept, keep, question.from, now);
  const timeline = timelineOf(question.from, question.until, question.stepMs, finestMs);
  const id = kept.recent.groupIds.get(question.groupId);
  if (id === undefined) return { ...timeline, series: [], statuses: [] };
  const topic =
    question.topic === null || question.by === "group" ? null : (kept.recent.topicIds.get(question.topic) ?? -1);
  const kind = question.by;
  const fine = kind === "partition" ? tiersOf(keep).minutes : tier;
  const lines = writtenLines(store, kept, { tier: fine, kind, group: id, topic }, timeline);
  const group = kept.recent.groups.get(id);
  if (group) addRecent(lines, kept, group, kind, topic, timeline);
  const rows = statusesOf(store, kept.id, id, question.from, question.until);
  return {
    ...timeline,
    series: [...lines.values()]
      .map((one) => toSeries(one, (topicId) => kept.names.get(`topic/${topicId}`) ?? ""))
      .sort((a, b) =>
        (a.topic ?? "") < (b.topic ?? "") ? -1 : a.topic === b.topic ? (a.partition ?? 0) - (b.partition ?? 0) : 1,
      ),
    statuses: rows.map(({ at, status, reason }, i) => {
      const next = rows[i + 1]?.at;
      return {
        from: new Date(at).toISOString(),
        until: next === undefined ? null : new Date(next).toISOString(),
        status,
        reason,
      };
    }),
  };
}

const toSeries = (
  { topic, partition, line }: SeriesKey & { line: Line },
  nameOf: (id: number) => string,
): LagSeries => ({
  topic: topic === null ? null : nameOf(topic),
  partition,
  lag: line.lag.map((lag) => (lag === null ? null : int64Of(lag))),
  timeLagMs: line.timeLag,
  written: line.written,
  read: line.read,
});

/** One line of a group as a whole, from what is written. Group 0 is all of them together. */
export function writtenLine(store: Store, kept: Kept, tier: Tier, group: number, timeline: Timeline): Line {
  const lines = writtenLines(store, kept, { tier, kind: "group", group, topic: null }, timeline);
  return lines.values().next().value?.line ?? emptyLine(timeline.times.length);
}
