import { Lag, TimeLag } from "@/components/ui/lag";
import { Name } from "@/components/ui/name";
import { Int } from "@/components/ui/number";
import { numberWidth } from "@/components/ui/number-width";
import { Sparkline } from "@/components/ui/sparkline";
import { type Column, wholeKey } from "@/components/ui/table-model";
import type { GroupPartition } from "@/lib/api/groups";
import { Committed, ShareOfLag } from "./group-partition-cells";
import { memberColumns, shareColumns, storedColumns } from "./group-partition-more";
import { unknownLag } from "./unknown-lag";

type Settings = {
  cluster: string;
  /** For the widths: a number is never cut. */
  rows: readonly GroupPartition[];
  /** Lag of the whole group. */
  total: bigint;
  /** Client ids by member id. */
  members: ReadonlyMap<string, string>;
  manyTopics: boolean;
  /** Of a share group: nobody holds a partition alone, and it has start offsets in place of commits. */
  isShare: boolean;
};

const noAnswer = "The leader did not answer";
const none: Column<GroupPartition>[] = [];

/** The columns of the partitions of a group. */
export function groupPartitionColumns(settings: Settings): Column<GroupPartition>[] {
  const { cluster, rows, total, manyTopics, isShare } = settings;
  const widthOf = (header: string, of: (row: GroupPartition) => string | null, extra = 0) =>
    numberWidth(header, rows.map(of), extra);
  const marked = rows.some(({ unknown }) => unknown !== null && unknownLag[unknown].outside);
  const hasTrend = rows.some(({ trend }) => trend.length > 0);
  const topic: Column<GroupPartition> = {
    id: "topic",
    header: "Topic",
    term: "topic",
    drop: 13,
    cell: ({ topic: name }) => <Name value={name} />,
    sortBy: ({ topic: name, partition }) => `${name} ${partition}`,
  };
  return [
    ...(manyTopics ? [topic] : none),
    {
      id: "partition",
      header: "Part.",
      name: "Partition",
      align: "end",
      width: 68,
      main: true,
      cell: ({ partition }) => <b>{partition}</b>,
      sortBy: ({ partition }) => partition,
    },
    {
      id: "committed",
      header: isShare ? "Start offset" : "Committed",
      term: isShare ? "share-group" : "committed-offset",
      align: "end",
      width: widthOf(isShare ? "Start offset" : "Committed", ({ committed }) => committed, marked ? 18 : 0),
      drop: 11,
      cell: (row) => <Committed cluster={cluster} row={row} />,
      sortBy: ({ committed }) => wholeKey(committed),
    },
    {
      id: "end",
      header: "End",
      term: "high-watermark",
      align: "end",
      width: widthOf("End", ({ end }) => end),
      drop: 10,
      cell: ({ end, unknown }) => (
        <Int value={end} why={unknown === "no-topic" ? unknownLag["no-topic"].why : noAnswer} plainZero />
      ),
      sortBy: ({ end }) => wholeKey(end),
    },
    {
      id: "lag",
      header: "Lag",
      term: "lag",
      align: "end",
      width: Math.max(
        96,
        widthOf("Lag", ({ lag }) => lag),
      ),
      largestFirst: true,
      cell: ({ lag, unknown }) => (
        <span className={lag === null ? "" : "font-strong"}>
          <Lag value={lag} why={unknown === null ? undefined : unknownLag[unknown].why} />
        </span>
      ),
      sortBy: ({ lag }) => wholeKey(lag),
    },
    {
      id: "share",
      header: "Share of lag",
      width: 132,
      drop: 9,
      cell: (row) => <ShareOfLag row={row} total={total} />,
    },
    {
      id: "timeLagMs",
      header: "Time lag",
      term: "time-lag",
      align: "end",
      width: 108,
      drop: 12,
      largestFirst: true,
      cell: (row) => <TimeLag {...row} />,
      sortBy: ({ timeLagMs }) => timeLagMs,
    },
    {
      id: "trend",
      header: "Last hour",
      width: 132,
      drop: 6,
      // Without any history every cell would say so.
      optional: !hasTrend,
      cell: ({ trend }) => <Sparkline values={trend} tone="ok" />,
    },
    ...(isShare ? shareColumns : memberColumns(settings.members)),
    {
      id: "leader",
      header: "Leader",
      term: "leader",
      align: "end",
      width: 76,
      drop: 5,
      cell: ({ leader }) => <Int value={leader} plainZero why="No broker leads it" />,
      sortBy: ({ leader }) => leader,
    },
    {
      id: "start",
      header: "First offset",
      term: "log-start-offset",
      align: "end",
      width: widthOf("First offset", ({ start }) => start),
      drop: 4,
      optional: true,
      cell: ({ start }) => <Int value={start} plainZero why={noAnswer} />,
      sortBy: ({ start }) => wholeKey(start),
    },
    ...(isShare ? none : storedColumns),
  ];
}
