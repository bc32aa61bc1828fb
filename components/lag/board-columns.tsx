import { Lag, TimeLag } from "@/components/ui/lag";
import { LagStatusWord, lagStatusLooks } from "@/components/ui/lag-status";
import { Name } from "@/components/ui/name";
import { Int } from "@/components/ui/number";
import { numberWidth } from "@/components/ui/number-width";
import { Sparkline } from "@/components/ui/sparkline";
import { type Column, wholeKey } from "@/components/ui/table-model";
import { lagStatuses } from "@/lib/api/groups";
import type { BoardGroup } from "@/lib/api/lag";
import { sparkOf } from "./board-lines";
import { noSample, WorstAt } from "./worst-at";

/** The columns of the board. `rows` set the widths: a number is never cut. `range`: over which time, in words. */
export function boardColumns(rows: readonly BoardGroup[], by: "lag" | "timeLag", range: string): Column<BoardGroup>[] {
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
      header: "Status now",
      term: "lag-status",
      width: 140,
      drop: 7,
      cell: ({ status, verdict }) => <LagStatusWord status={status} title={verdict.reason} />,
      sortBy: ({ status }) => lagStatuses.indexOf(status),
    },
    {
      id: "worstLag",
      header: "Worst lag",
      term: "lag",
      align: "end",
      width: Math.max(
        112,
        numberWidth(
          "Worst lag",
          rows.map(({ worstLag }) => worstLag),
        ),
      ),
      largestFirst: true,
      cell: ({ worstLag }) => (
        <b>
          <Int value={worstLag} why={noSample} />
        </b>
      ),
      sortBy: ({ worstLag }) => wholeKey(worstLag),
    },
    {
      id: "worstAt",
      header: "When",
      align: "end",
      width: 148,
      drop: 4,
      largestFirst: true,
      cell: ({ worstAt }) => <WorstAt at={worstAt} />,
      sortBy: ({ worstAt }) => worstAt,
    },
    {
      id: "lag",
      header: "Lag now",
      term: "lag",
      align: "end",
      width: Math.max(
        104,
        numberWidth(
          "Lag now",
          rows.map(({ lag }) => lag),
        ),
      ),
      drop: 6,
      largestFirst: true,
      cell: ({ lag }) => <Lag value={lag} />,
      sortBy: ({ lag }) => wholeKey(lag),
    },
    {
      id: "worstTimeLagMs",
      header: "Worst time lag",
      term: "time-lag",
      align: "end",
      width: 128,
      drop: 5,
      largestFirst: true,
      cell: ({ worstTimeLagMs }) => <TimeLag timeLagMs={worstTimeLagMs} timeLagIs={null} why={noSample} />,
      sortBy: ({ worstTimeLagMs }) => worstTimeLagMs,
    },
    {
      id: "timeLagMs",
      header: "Time lag now",
      term: "time-lag",
      align: "end",
      width: 118,
      drop: 2,
      largestFirst: true,
      cell: (row) => <TimeLag {...row} />,
      sortBy: ({ timeLagMs }) => timeLagMs,
    },
    {
      id: "series",
      header: by === "lag" ? `Lag, ${range}` : `Time lag, ${range}`,
      name: "Course",
      width: 142,
      drop: 3,
      cell: (row) => (
        <Sparkline
          values={sparkOf(row, by)}
          tone={lagStatusLooks[row.status].line}
          label={by === "lag" ? "Lag in this time" : "Time lag in this time"}
        />
      ),
    },
  ];
}
