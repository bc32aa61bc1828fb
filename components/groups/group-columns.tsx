import { groupStateWord } from "@/components/ui/group-state";
import { Lag, TimeLag } from "@/components/ui/lag";
import { LagStatusWord, lagStatusLooks } from "@/components/ui/lag-status";
import { Name } from "@/components/ui/name";
import { Missing } from "@/components/ui/null-mark";
import { Int } from "@/components/ui/number";
import { numberWidth } from "@/components/ui/number-width";
import { Sparkline } from "@/components/ui/sparkline";
import { type Column, wholeKey } from "@/components/ui/table-model";
import type { GroupSummary } from "@/lib/api/groups";
import { GroupStateCell, whyUnknown } from "./group-cells";
import { severityKey } from "./group-list";

/** Topics named on hover; more than these are counted. */
const namedTopics = 12;

const topicsTitle = (topics: string[]): string =>
  [
    ...topics.slice(0, namedTopics),
    ...(topics.length > namedTopics ? [`and ${topics.length - namedTopics} more`] : []),
  ].join("\n");

const words = (value: string | null, row: GroupSummary) =>
  value === null || value === "" ? <Missing why={value === "" ? "None" : whyUnknown(row)} /> : <Name value={value} />;

/** Every column of the list of groups. `rows` set the width of lag: a number is never cut. */
export function groupColumns(rows: readonly GroupSummary[]): Column<GroupSummary>[] {
  const lags = rows.map(({ lag }) => lag);
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
      sortBy: severityKey,
    },
    {
      id: "lag",
      header: "Lag",
      term: "lag",
      align: "end",
      width: Math.max(116, numberWidth("Lag", lags, 10)),
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
      drop: 9,
      largestFirst: true,
      cell: ({ timeLagMs, timeLagIs }) => <TimeLag timeLagMs={timeLagMs} timeLagIs={timeLagIs} />,
      sortBy: ({ timeLagMs }) => timeLagMs,
    },
    {
      id: "trend",
      header: "Lag, last hour",
      width: 142,
      drop: 7,
      cell: ({ trend, status }) => <Sparkline values={trend} tone={lagStatusLooks[status].line} />,
    },
    {
      id: "state",
      header: "State",
      term: "group-state",
      width: 188,
      drop: 8,
      cell: (row) => <GroupStateCell row={row} />,
      sortBy: ({ state }) => groupStateWord(state),
    },
    {
      id: "type",
      header: "Type",
      term: "group-type",
      width: 92,
      drop: 5,
      cell: ({ type }) => <span className="text-ink-2">{type}</span>,
      sortBy: ({ type }) => type,
    },
    {
      id: "members",
      header: "Members",
      align: "end",
      width: 86,
      drop: 6,
      largestFirst: true,
      cell: (row) => <Int value={row.members} why={whyUnknown(row)} />,
      sortBy: ({ members }) => members,
    },
    {
      id: "topics",
      header: "Topics",
      align: "end",
      width: 76,
      drop: 4,
      largestFirst: true,
      cell: ({ topics }) => (
        <span title={topicsTitle(topics)}>
          <Int value={topics.length} />
        </span>
      ),
      sortBy: ({ topics }) => topics.length,
    },
    {
      id: "assignor",
      header: "Assignor",
      term: "assignor",
      width: 150,
      drop: 2,
      optional: true,
      cell: (row) => words(row.assignor, row),
      sortBy: ({ assignor }) => assignor,
    },
    {
      id: "coordinator",
      header: "Coordinator",
      term: "coordinator",
      align: "end",
      width: 108,
      drop: 3,
      optional: true,
      cell: (row) => <Int value={row.coordinator} plainZero why={whyUnknown(row)} />,
      sortBy: ({ coordinator }) => coordinator,
    },
    {
      id: "protocolType",
      header: "Protocol",
      width: 110,
      drop: 1,
      optional: true,
      cell: (row) => words(row.protocolType, row),
      sortBy: ({ protocolType }) => protocolType,
    },
  ];
}
