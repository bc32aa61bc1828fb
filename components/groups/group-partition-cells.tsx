"use client";
import { TriangleAlert } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Meter } from "@/components/ui/meter";
import { Int } from "@/components/ui/number";
import { Time } from "@/components/ui/time";
import type { GroupPartition } from "@/lib/api/groups";
import { queryString, url } from "@/lib/api/url";
import { usePreferences } from "@/lib/client/preferences";
import { chartNumber, dateTime, share, timeParts } from "@/lib/format";
import { unknownLag } from "./unknown-lag";

/** The offset the group would read next, which leads to that record; marked where it is no place of the log. */
export function Committed({ cluster, row }: { cluster: string; row: GroupPartition }) {
  const { topic, partition, committed, unknown } = row;
  if (committed === null) return <Int value={null} why={row.problem?.detail ?? "No committed offset"} />;
  const why = unknown === null ? null : unknownLag[unknown];
  if (why?.outside || unknown === "no-topic")
    return (
      <span className="inline-flex items-center gap-1.5" title={why?.why}>
        {why?.outside && <Icon of={TriangleAlert} size={12} className="text-warn" />}
        <Int value={committed} plainZero />
      </span>
    );
  return (
    <Link
      href={
        url`/clusters/${cluster}/topics/${topic}/messages` + queryString({ partition, from: `offset:${committed}` })
      }
      title="Read from here"
      className="hover:underline"
    >
      <Int value={committed} plainZero />
    </Link>
  );
}

/** How much of the group's lag lies here, or why that is not known. */
export function ShareOfLag({ row, total }: { row: GroupPartition; total: bigint }) {
  if (row.unknown !== null) {
    const { word, why, outside } = unknownLag[row.unknown];
    return (
      <span className={`text-12 ${outside ? "text-warn" : "text-muted"}`} title={why}>
        {word}
      </span>
    );
  }
  return row.lag === null ? null : <PartOfLag lag={BigInt(row.lag)} total={total} />;
}

/** A part of the lag as a bar and its share; nothing where there is no lag. */
export function PartOfLag({ lag, total }: { lag: bigint; total: bigint }) {
  if (total === 0n) return null;
  const part = chartNumber(lag) / chartNumber(total);
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <Meter value={part} label="Share of the group's lag" />
      <span className="w-10 text-end text-muted tabular-nums">
        {part > 0 && part < 0.005 ? "<\u00a01\u00a0%" : share(part, 0)}
      </span>
    </span>
  );
}

const day = 86_400_000;

/** The time of day of a commit; of one older than a day its date. */
export function CommitTime({ at }: { at: string | null }) {
  const { zone } = usePreferences();
  if (at === null || Date.now() - Date.parse(at) < day)
    return <Time value={at} bare seconds why="No new commit was seen since Kafdeck watches" />;
  return (
    <span className="tabular-nums" title={dateTime(Date.parse(at), zone)}>
      {timeParts(Date.parse(at), zone)?.date}
    </span>
  );
}
