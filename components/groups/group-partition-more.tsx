import { Missing } from "@/components/ui/null-mark";
import { Int } from "@/components/ui/number";
import type { Column } from "@/components/ui/table-model";
import type { GroupPartition } from "@/lib/api/groups";
import { CommitTime } from "./group-partition-cells";

/** Who holds a partition, by client ids of member ids, and when it last told how far it is. */
export const memberColumns = (members: ReadonlyMap<string, string>): Column<GroupPartition>[] => [
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
export const storedColumns: Column<GroupPartition>[] = [
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
export const shareColumns: Column<GroupPartition>[] = [
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
