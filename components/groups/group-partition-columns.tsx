import { Lag, TimeLag } from "@/components/ui/lag";
import { Name } from "@/components/ui/name";
import { Missing } from "@/components/ui/null-mark";
import { Int } from "@/components/ui/number";
import { numberWidth } from "@/components/ui/number-width";
import { Sparkline } from "@/components/ui/sparkline";
import { type Column, wholeKey } from "@/components/ui/table-model";
import type { GroupPartition } from "@/lib/api/groups";
import { CommitTime, Committed, ShareOfLag } from "./group-partition-cells";
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
    ...(isShare ? shareColumns() : memberColumns(settings)),
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
    ...(isShare ? none : storedColumns()),
  ];
}

/** Who holds a partition, and when it last told how far it is. */
const memberColumns = ({ members }: Settings): Column<GroupPartition>[] => [
  {
    id: "member",
    header: "Member",
    drop: 8,
    cell: ({ memberId }) =>
      memberId === null ? (
        <span className="text-muted">nobody</span>
      ) : (
        <span className="block truncate font-mono text-12" title={memberId}>
          {members.get(memberId) ?? memberId}
        </span>
      ),
    sortBy: ({ memberId }) => (memberId === null ? null : (members.get(memberId) ?? memberId)),
  },
  {
    id: "lastCommitAt",
    header: "Last commit",
    align: "end",
    width: 104,
    drop: 7,
    largestFirst: true,
    cell: ({ lastCommitAt }) => <CommitTime at={lastCommitAt} />,
    sortBy: ({ lastCommitAt }) => lastCommitAt,
  },
];

/** What the consumer stored with its commit. */
const storedColumns = (): Column<GroupPartition>[] => [
  {
    id: "leaderEpoch",
    header: "Commit epoch",
    term: "leader-epoch",
    align: "end",
    width: 124,
    drop: 2,
    optional: true,
    cell: ({ leaderEpoch }) => <Int value={leaderEpoch} plainZero why="None was stored with the commit" />,
    sortBy: ({ leaderEpoch }) => leaderEpoch,
  },
  {
    id: "metadata",
    header: "Metadata",
    width: 200,
    drop: 1,
    optional: true,
    cell: ({ metadata }) =>
      metadata === null || metadata === "" ? (
        <Missing why="None was stored with the commit" />
      ) : (
        <span className="block truncate font-mono text-12" title={metadata}>
          {metadata}
        </span>
      ),
    sortBy: ({ metadata }) => metadata,
  },
];

const notTold = "The share coordinator did not tell";

/** How far the records beyond a share group's start offset are. */
const shareColumns = (): Column<GroupPartition>[] => [
  {
    id: "inFlight",
    header: "In flight",
    align: "end",
    width: 92,
    drop: 8,
    largestFirst: true,
    cell: ({ share }) => <Int value={share?.inFlight} why={notTold} />,
    sortBy: ({ share }) => share?.inFlight ?? null,
  },
  {
    id: "delivered",
    header: "Done with",
    align: "end",
    width: 98,
    drop: 7,
    largestFirst: true,
    cell: ({ share }) => <Int value={share?.delivered} why={notTold} />,
    sortBy: ({ share }) => share?.delivered ?? null,
  },
];
