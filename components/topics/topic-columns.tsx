import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { Bytes } from "@/components/ui/bytes";
import { Duration } from "@/components/ui/duration";
import { Icon } from "@/components/ui/icon";
import { Lag } from "@/components/ui/lag";
import { Name } from "@/components/ui/name";
import { Missing } from "@/components/ui/null-mark";
import { Int } from "@/components/ui/number";
import { numberWidth } from "@/components/ui/number-width";
import { Bar } from "@/components/ui/skeleton";
import { Exception } from "@/components/ui/status";
import { type Column, wholeKey } from "@/components/ui/table-model";
import { Time } from "@/components/ui/time";
import type { TopicSummary } from "@/lib/api/topics";
import { problemWords } from "./words";

/** What the cells of all rows depend on. */
export type ListState = {
  /** Only names are known yet. */
  pending: boolean;
  /** Partitions without a leader: the columns about that show unasked, and those about settings make room. */
  trouble: boolean;
  /** For the widths: a number is never cut. */
  rows: TopicSummary[];
  /** A topic with one replica is worth a mark, because most have more. */
  markSingle: boolean;
};

const noLimit = <span className="text-muted">no limit</span>;
const notRead = "The groups were not read yet";
const notAllowed = "Needs DescribeConfigs on this topic";

/** Every column of the list. */
export function topicColumns({ pending, trouble, markSingle, rows }: ListState): Column<TopicSummary>[] {
  const lags = rows.map(({ lag }) => lag);
  const spans = rows.map(({ offsetSpan }) => offsetSpan);
  const late = (cell: (row: TopicSummary) => ReactNode) => (pending ? () => <Bar width={40} /> : cell);
  return [
    { id: "name", header: "Name", main: true, cell: ({ name }) => <Name value={name} />, sortBy: ({ name }) => name },
    {
      id: "partitions",
      header: "Partitions",
      align: "end",
      width: 92,
      drop: 8,
      largestFirst: true,
      cell: ({ partitions }) => <Int value={partitions} />,
      sortBy: ({ partitions }) => partitions,
    },
    {
      id: "replicas",
      header: "Replicas",
      align: "end",
      width: 84,
      drop: 4,
      optional: trouble,
      cell: ({ replicationFactor }) =>
        markSingle && replicationFactor === 1 ? (
          <Exception count={1} tone="warn" title="One copy only: a lost disk loses it" />
        ) : (
          <Int value={replicationFactor} />
        ),
      sortBy: ({ replicationFactor }) => replicationFactor,
    },
    {
      id: "offline",
      header: "Offline",
      term: "offline",
      align: "end",
      width: 84,
      drop: 7,
      largestFirst: true,
      optional: !trouble,
      cell: ({ offline }) => <Exception count={offline} tone="bad" />,
      sortBy: ({ offline }) => offline,
    },
    {
      id: "under",
      header: "Under-repl.",
      term: "under-replicated",
      align: "end",
      width: 100,
      drop: 6,
      largestFirst: true,
      cell: ({ underReplicated, underMinIsr }) => (
        <Exception
          count={underReplicated}
          tone={(underMinIsr ?? 0) > 0 ? "bad" : "warn"}
          title={(underMinIsr ?? 0) > 0 ? `${underMinIsr} of them below min.insync.replicas` : undefined}
        />
      ),
      sortBy: ({ underReplicated }) => underReplicated,
    },
    {
      id: "under-min",
      header: "Under min ISR",
      term: "under-min-isr",
      align: "end",
      width: 120,
      drop: 2,
      largestFirst: true,
      optional: true,
      cell: late(({ underMinIsr }) =>
        underMinIsr === null ? <Missing why={notAllowed} /> : <Exception count={underMinIsr} tone="bad" />,
      ),
      sortBy: ({ underMinIsr }) => underMinIsr,
    },
    {
      id: "not-preferred",
      header: "Not preferred",
      term: "preferred-leader",
      align: "end",
      width: 118,
      drop: 1,
      largestFirst: true,
      optional: true,
      cell: ({ notPreferred }) => <Exception count={notPreferred} tone="warn" />,
      sortBy: ({ notPreferred }) => notPreferred,
    },
    {
      id: "span",
      header: "Offset span",
      term: "offset-span",
      align: "end",
      // With room for "of 12 known" where some partitions did not tell.
      width: numberWidth("Offset span", spans, trouble ? 90 : 8),
      drop: 10,
      largestFirst: true,
      cell: late((row) => <Span row={row} />),
      sortBy: ({ offsetSpan }) => wholeKey(offsetSpan),
    },
    {
      id: "size",
      header: "Size",
      align: "end",
      width: 88,
      drop: 11,
      largestFirst: true,
      cell: late(({ sizeBytes }) => <Bytes value={sizeBytes} why="No broker told the size" />),
      sortBy: ({ sizeBytes }) => wholeKey(sizeBytes),
    },
    {
      id: "cleanup",
      header: "Cleanup",
      term: "cleanup-policy",
      width: 124,
      drop: 5,
      optional: trouble,
      cell: late(({ cleanupPolicy }) =>
        cleanupPolicy === null ? <Missing why={notAllowed} /> : cleanupPolicy.replace(/,\s*/g, ", ") || "none",
      ),
      sortBy: ({ cleanupPolicy }) => cleanupPolicy,
    },
    {
      id: "retention",
      header: "Retention",
      term: "retention",
      align: "end",
      width: 96,
      drop: 9,
      largestFirst: true,
      optional: trouble,
      cell: late((row) => (keepsByTime(row) ? <Duration value={row.retentionMs} why={notAllowed} /> : noLimit)),
      // No limit is the longest of all.
      sortBy: (row) => (keepsByTime(row) ? wholeKey(row.retentionMs) : 1n << 64n),
    },
    {
      id: "retention-bytes",
      header: "Size limit",
      align: "end",
      width: 100,
      drop: 3,
      largestFirst: true,
      optional: true,
      cell: late(({ retentionBytes }) =>
        retentionBytes === "-1" ? noLimit : <Bytes value={retentionBytes} why={notAllowed} />,
      ),
      sortBy: ({ retentionBytes }) => (retentionBytes === "-1" ? 1n << 64n : wholeKey(retentionBytes)),
    },
    {
      id: "groups",
      header: "Groups",
      term: "consumer-group",
      align: "end",
      width: 84,
      drop: 4,
      largestFirst: true,
      optional: trouble,
      cell: late(({ groups }) => <Int value={groups} why={notRead} />),
      sortBy: ({ groups }) => groups,
    },
    {
      id: "lag",
      header: "Lag",
      term: "lag",
      align: "end",
      width: Math.max(96, numberWidth("Lag", lags)),
      drop: 7,
      largestFirst: true,
      optional: trouble,
      cell: late((row) => <TopicLag row={row} />),
      sortBy: ({ lag }) => wholeKey(lag),
    },
    {
      id: "lastRecordAt",
      header: "Last record",
      width: 236,
      drop: 3,
      largestFirst: true,
      optional: true,
      cell: late(({ lastRecordAt }) => <Time value={lastRecordAt} seconds why="No record, or its time is not known" />),
      sortBy: ({ lastRecordAt }) => lastRecordAt,
    },
    {
      id: "problem",
      header: "Problem",
      optional: !trouble,
      drop: 12,
      cell: (row) => <Problem row={row} />,
      sortBy: (row) => problemWords(row),
    },
  ];
}

/** Whether the age of records limits what is kept: not where the policy never deletes, nor with -1. */
const keepsByTime = ({ retentionMs, cleanupPolicy }: TopicSummary): boolean =>
  retentionMs !== "-1" && (cleanupPolicy === null || cleanupPolicy.includes("delete"));

/** The span, `—` where no partition told its offsets; where some did not, how many did. */
export function Span({ row }: { row: TopicSummary }) {
  const some = row.offsetSpanKnown !== null && row.offsetSpanKnown < row.partitions;
  const about = row.offsetSpanEstimate && row.offsetSpan !== "0";
  if (!some) return <Int value={row.offsetSpan} about={about} why="Records may have been compacted away." />;
  return (
    <span title={`Offsets of ${row.offsetSpanKnown} of ${row.partitions} partitions are known`}>
      <Int value={row.offsetSpan} about={about} why="No leader answered" />{" "}
      <span className="text-muted">of {row.offsetSpanKnown} known</span>
    </span>
  );
}

/** Of all groups that read the topic, together. Where none does there is nothing to lag behind. */
export function TopicLag({ row: { groups, lag } }: { row: TopicSummary }) {
  if (groups === 0) return <span className="text-muted">no group</span>;
  return groups === null ? <Missing why={notRead} /> : <Lag value={lag} />;
}

function Problem({ row }: { row: TopicSummary }) {
  const words = problemWords(row);
  if (words === null) return null;
  const locked = row.offline + row.underReplicated === 0 && row.problems.some(({ code }) => code === "not-authorized");
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-ink-2" title={words}>
      {locked && <Icon of={Lock} className="text-muted" />}
      <span className="truncate">{words}</span>
    </span>
  );
}
