import { Lag } from "@/components/ui/lag";
import { Missing } from "@/components/ui/null-mark";
import { numberWidth } from "@/components/ui/number-width";
import { type Column, wholeKey } from "@/components/ui/table-model";
import type { GroupDetail, GroupMember } from "@/lib/api/groups";
import { AssignedCell, MemberEpoch, Mono } from "./group-member-cells";
import { assignedWords, countAssigned } from "./partition-ranges";

/** The columns of the members of a group. */
export function groupMemberColumns({ memberList, groupEpoch, type }: GroupDetail): Column<GroupMember>[] {
  const hasEpochs = memberList.some(({ memberEpoch }) => memberEpoch !== null);
  const epoch: Column<GroupMember> = {
    id: "epoch",
    header: "Member epoch",
    term: "member-epoch",
    align: "end",
    width: 122,
    drop: 6,
    cell: (member) => <MemberEpoch member={member} groupEpoch={groupEpoch} />,
    sortBy: ({ memberEpoch }) => memberEpoch,
  };
  return [
    {
      id: "clientId",
      header: "Client id",
      width: 190,
      main: true,
      cell: ({ clientId }) => <Mono value={clientId} />,
      sortBy: ({ clientId }) => clientId,
    },
    {
      id: "instanceId",
      header: "Instance id",
      term: "static-member",
      width: 140,
      drop: 4,
      optional: memberList.every(({ instanceId }) => instanceId === null),
      cell: ({ instanceId }) =>
        instanceId === null ? <Missing why="Not a static member" /> : <Mono value={instanceId} />,
      sortBy: ({ instanceId }) => instanceId,
    },
    {
      id: "host",
      header: "Host",
      width: 132,
      drop: 5,
      cell: ({ host }) => <Mono value={host} />,
      sortBy: ({ host }) => host,
    },
    {
      id: "assigned",
      header: type === "share" ? "Partitions it reads" : "Assigned partitions",
      drop: 7,
      cell: (member) => <AssignedCell member={member} />,
      sortBy: ({ assignment }) => (assignment === null ? null : assignedWords(assignment)),
    },
    {
      id: "count",
      header: "Count",
      name: "Number of partitions",
      align: "end",
      width: 74,
      drop: 2,
      optional: true,
      largestFirst: true,
      cell: ({ assignment }) => (assignment === null ? "—" : countAssigned(assignment)),
      sortBy: ({ assignment }) => (assignment === null ? null : countAssigned(assignment)),
    },
    {
      id: "lag",
      header: "Lag held",
      term: "lag",
      align: "end",
      width: Math.max(
        104,
        numberWidth(
          "Lag held",
          memberList.map(({ lag }) => lag),
        ),
      ),
      drop: 8,
      largestFirst: true,
      cell: ({ lag }) => <Lag value={lag} why="It holds no partition whose lag is known" />,
      sortBy: ({ lag }) => wholeKey(lag),
    },
    ...(hasEpochs ? [epoch] : []),
    {
      id: "memberId",
      header: "Member id",
      width: 176,
      drop: 3,
      cell: ({ memberId }) => <Mono value={memberId} muted />,
      sortBy: ({ memberId }) => memberId,
    },
    {
      id: "rack",
      header: "Rack",
      term: "rack",
      width: 110,
      drop: 1,
      optional: true,
      cell: ({ rack }) => (rack === null ? <Missing why="It names none" /> : <Mono value={rack} />),
      sortBy: ({ rack }) => rack,
    },
  ];
}
