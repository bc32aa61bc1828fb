import { GroupStateCell, whyUnknown } from "@/components/groups/group-cells";
import { severityKey } from "@/components/groups/group-list";
import { groupStateWord } from "@/components/ui/group-state";
import { Lag, TimeLag } from "@/components/ui/lag";
import { LagStatusWord, lagStatusLooks } from "@/components/ui/lag-status";
import { Name } from "@/components/ui/name";
import { Int } from "@/components/ui/number";
import { numberWidth } from "@/components/ui/number-width";
import { Sparkline } from "@/components/ui/sparkline";
import { type Column, wholeKey } from "@/components/ui/table-model";
import type { TopicGroup } from "@/lib/api/groups";
import { ResetLink } from "./topic-consumers-reset";

/** Every column of the groups of one topic. Status, time lag and the line are those of the group, over all it reads. */
export function topicConsumersColumns(cluster: string, topic: string, rows: TopicGroup[]): Column<TopicGroup>[] {
  const widest = (header: string, of: (row: TopicGroup) => string | null) =>
    Math.max(108, numberWidth(header, rows.map(of), 10));
  return [
    {
      id: "groupId",
      header: "Group",
      main: true,
      cell: ({ groupId }) => <Name value={groupId} />,
      sortBy: ({ groupId }) => groupId,
    },
    {
      id: "status",
      header: "Status",
      term: "lag-status",
      width: 140,
      largestFirst: true,
      cell: ({ status, verdict }) => <LagStatusWord status={status} title={verdict.reason} />,
      sortBy: ({ status, topicLag }) => severityKey({ status, lag: topicLag }),
    },
    {
      id: "lag",
      header: "Lag here",
      name: "Lag in this topic",
      term: "lag",
      align: "end",
      width: widest("Lag here", ({ topicLag }) => topicLag),
      largestFirst: true,
      cell: ({ topicLag, topicLagUnknown }) => <Lag value={topicLag} unknown={topicLagUnknown} />,
      sortBy: ({ topicLag }) => wholeKey(topicLag),
    },
    {
      id: "groupLag",
      header: "Lag in all",
      name: "Lag in all its topics",
      align: "end",
      width: widest("Lag in all", ({ lag }) => lag),
      drop: 3,
      largestFirst: true,
      cell: ({ lag, lagUnknown }) => <Lag value={lag} unknown={lagUnknown} />,
      sortBy: ({ lag }) => wholeKey(lag),
    },
    {
      id: "timeLagMs",
      header: "Time lag",
      term: "time-lag",
      align: "end",
      width: 112,
      drop: 6,
      largestFirst: true,
      cell: ({ timeLagMs, timeLagIs }) => <TimeLag timeLagMs={timeLagMs} timeLagIs={timeLagIs} />,
      sortBy: ({ timeLagMs }) => timeLagMs,
    },
    {
      id: "trend",
      header: "Lag, last hour",
      width: 142,
      drop: 4,
      cell: ({ trend, status }) => <Sparkline values={trend} tone={lagStatusLooks[status].line} />,
    },
    {
      id: "state",
      header: "State",
      term: "group-state",
      width: 188,
      drop: 1,
      optional: true,
      cell: (row) => <GroupStateCell row={row} />,
      sortBy: ({ state }) => groupStateWord(state),
    },
    {
      id: "type",
      header: "Type",
      term: "group-type",
      width: 92,
      drop: 2,
      cell: ({ type }) => <span className="text-ink-2">{type}</span>,
      sortBy: ({ type }) => type,
    },
    {
      id: "members",
      header: "Members here",
      name: "Members that hold a partition of this topic",
      align: "end",
      width: 118,
      drop: 5,
      largestFirst: true,
      cell: ({ topicMembers, members, ...row }) =>
        topicMembers !== null && members !== null && members > topicMembers ? (
          <span title={`${members - topicMembers} of ${members} members hold no partition of this topic`}>
            <Int value={topicMembers} /> <span className="text-muted">of {members}</span>
          </span>
        ) : (
          <Int value={topicMembers} why={whyUnknown(row)} />
        ),
      sortBy: ({ topicMembers }) => topicMembers,
    },
    {
      id: "partitions",
      header: "Committed",
      name: "Partitions with a commit",
      term: "committed-offset",
      align: "end",
      width: 104,
      drop: 7,
      largestFirst: true,
      cell: ({ partitions }) => <Int value={partitions} />,
      sortBy: ({ partitions }) => partitions,
    },
    {
      id: "reset",
      header: "Offsets",
      width: 84,
      cell: ({ groupId }) => <ResetLink cluster={cluster} topic={topic} group={groupId} />,
    },
  ];
}
