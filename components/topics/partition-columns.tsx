import { Bytes } from "@/components/ui/bytes";
import { Link } from "@/components/ui/link";
import { Int } from "@/components/ui/number";
import { numberWidth } from "@/components/ui/number-width";
import { Status } from "@/components/ui/status";
import { type Column, wholeKey } from "@/components/ui/table-model";
import type { PartitionDetail } from "@/lib/api/topics";
import { queryString, url } from "@/lib/api/url";
import { ReplicaList } from "./replica-list";

/** In the order of severity; the sort of the column. */
const severities = ["no-leader", "under-min-isr", "under-replicated", "in-sync"] as const;

/** The one word for a partition. `least` is min.insync.replicas, null where it is not known. */
export function partitionStatus(row: PartitionDetail, least: number | null): (typeof severities)[number] {
  if (row.leader === null) return "no-leader";
  // A topic with fewer replicas than min.insync.replicas needs all of them, not more.
  if (least !== null && row.isr.length < Math.min(least, row.replicas.length)) return "under-min-isr";
  return row.isr.length < row.replicas.length ? "under-replicated" : "in-sync";
}

/** Last minus first; null where one is not known. */
export const spanOf = ({ firstOffset, lastOffset }: PartitionDetail): bigint | null =>
  firstOffset === null || lastOffset === null ? null : BigInt(lastOffset) - BigInt(firstOffset);

/** The records of a partition from an offset on. */
export const messagesFrom = (cluster: string, topic: string, partition: number, offset: string): string =>
  url`/clusters/${cluster}/topics/${topic}/messages` + queryString({ partition, from: `offset:${offset}` });

type Settings = {
  cluster: string;
  topic: string;
  least: number | null;
  estimate: boolean;
  /** For the widths: a number is never cut. */
  rows: PartitionDetail[];
};

const why = "The leader did not answer";

/** Every column of the partitions of a topic. */
export function partitionColumns({ cluster, topic, least, estimate, rows }: Settings): Column<PartitionDetail>[] {
  return [
    {
      id: "partition",
      header: "Part.",
      align: "end",
      width: 72,
      main: true,
      cell: ({ partition }) => partition,
      sortBy: ({ partition }) => partition,
    },
    {
      id: "status",
      header: "Status",
      width: 150,
      drop: 8,
      cell: (row) => <Status kind={partitionStatus(row, least)} title={row.problem?.detail} />,
      sortBy: (row) => severities.indexOf(partitionStatus(row, least)),
    },
    {
      id: "leader",
      header: "Leader",
      term: "leader",
      align: "end",
      width: 80,
      drop: 6,
      cell: (row) => <Leader row={row} />,
      sortBy: ({ leader }) => leader,
    },
    {
      id: "replicas",
      header: "Replicas, preferred first",
      term: "replica",
      cell: (row) => <ReplicaList row={row} />,
      sortBy: ({ replicas }) => replicas.join(" "),
    },
    {
      id: "isr",
      header: "In sync",
      term: "isr",
      align: "end",
      width: 84,
      drop: 5,
      cell: ({ isr, replicas }) => (
        <span title={`Brokers ${isr.join(", ")}`}>
          {isr.length} of {replicas.length}
        </span>
      ),
      sortBy: ({ isr }) => isr.length,
    },
    {
      id: "first",
      header: "First offset",
      term: "log-start-offset",
      align: "end",
      width: numberWidth(
        "First offset",
        rows.map(({ firstOffset }) => firstOffset),
      ),
      drop: 7,
      cell: ({ partition, firstOffset }) =>
        firstOffset === null ? (
          <Int value={null} why={why} />
        ) : (
          <Link href={messagesFrom(cluster, topic, partition, firstOffset)} className="hover:underline">
            <Int value={firstOffset} plainZero />
          </Link>
        ),
      sortBy: ({ firstOffset }) => wholeKey(firstOffset),
    },
    {
      id: "last",
      header: "Last offset",
      term: "high-watermark",
      align: "end",
      width: numberWidth(
        "Last offset",
        rows.map(({ lastOffset }) => lastOffset),
      ),
      drop: 10,
      largestFirst: true,
      cell: ({ lastOffset }) => <Int value={lastOffset} why={why} plainZero />,
      sortBy: ({ lastOffset }) => wholeKey(lastOffset),
    },
    {
      id: "stable",
      header: "Stable offset",
      term: "stable-offset",
      align: "end",
      width: numberWidth(
        "Stable offset",
        rows.map(({ stableOffset }) => stableOffset),
      ),
      drop: 2,
      optional: true,
      cell: ({ stableOffset }) => <Int value={stableOffset} why={why} plainZero />,
      sortBy: ({ stableOffset }) => wholeKey(stableOffset),
    },
    {
      id: "span",
      header: "Offset span",
      term: "offset-span",
      align: "end",
      width: numberWidth("Offset span", rows.map(spanOf), 8),
      drop: 9,
      largestFirst: true,
      cell: (row) => <Int value={spanOf(row)} about={estimate && spanOf(row) !== 0n} why={why} />,
      sortBy: spanOf,
    },
    {
      id: "size",
      header: "Size",
      align: "end",
      width: 88,
      drop: 11,
      largestFirst: true,
      cell: ({ sizeBytes }) => <Bytes value={sizeBytes} why="The leader's broker did not tell its log dirs" />,
      sortBy: ({ sizeBytes }) => wholeKey(sizeBytes),
    },
    {
      id: "epoch",
      header: "Leader epoch",
      term: "leader-epoch",
      align: "end",
      width: 120,
      drop: 1,
      cell: ({ leaderEpoch }) => <Int value={leaderEpoch} plainZero />,
      sortBy: ({ leaderEpoch }) => leaderEpoch,
    },
  ];
}

/** The leader; where it is not the preferred one, that one too. */
function Leader({ row: { leader, replicas } }: { row: PartitionDetail }) {
  if (leader === null) return <span className="text-bad">none</span>;
  const [preferred] = replicas;
  return leader === preferred ? (
    leader
  ) : (
    <span title={`The preferred leader is broker ${preferred}`}>
      {leader} <span className="text-muted">not {preferred}</span>
    </span>
  );
}
