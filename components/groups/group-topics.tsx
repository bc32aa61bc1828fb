"use client";
import { useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { PhoneRow } from "@/components/ui/data-table-row";
import { Lag, TimeLag } from "@/components/ui/lag";
import { Name } from "@/components/ui/name";
import { Int } from "@/components/ui/number";
import { numberWidth } from "@/components/ui/number-width";
import { Panel } from "@/components/ui/panel";
import type { Column } from "@/components/ui/table-model";
import { useTallest } from "@/components/ui/use-tallest";
import type { GroupDetail } from "@/lib/api/groups";
import { counted, integer } from "@/lib/format";
import { PartOfLag } from "./group-partition-cells";
import { type GroupTopic, topicsOf } from "./group-topic-list";
import type { GroupUrl, SetGroupUrl } from "./group-url";

const rowKey = ({ topic }: GroupTopic) => topic;
const tallest = 256;

function columnsOf(rows: readonly GroupTopic[], total: bigint): Column<GroupTopic>[] {
  return [
    { id: "topic", header: "Topic", main: true, cell: ({ topic }) => <Name value={topic} />, sortBy: rowKey },
    {
      id: "partitions",
      header: "Partitions",
      align: "end",
      width: 100,
      drop: 3,
      largestFirst: true,
      cell: ({ partitions }) => <Int value={partitions} />,
      sortBy: ({ partitions }) => partitions,
    },
    {
      id: "lag",
      header: "Lag",
      term: "lag",
      align: "end",
      width: Math.max(
        110,
        numberWidth(
          "Lag",
          rows.map(({ lag }) => lag),
          10,
        ),
      ),
      largestFirst: true,
      cell: ({ lag, unknown }) => (
        <span className={lag === null ? "" : "font-strong"}>
          <Lag value={lag} unknown={unknown} />
        </span>
      ),
      sortBy: ({ lag }) => lag,
    },
    {
      id: "share",
      header: "Share of lag",
      width: 132,
      drop: 2,
      cell: ({ lag }) => (lag === null ? null : <PartOfLag lag={lag} total={total} />),
    },
    {
      id: "timeLagMs",
      header: "Time lag",
      term: "time-lag",
      align: "end",
      width: 108,
      drop: 4,
      largestFirst: true,
      cell: (row) => <TimeLag {...row} />,
      sortBy: ({ timeLagMs }) => timeLagMs,
    },
    {
      id: "members",
      header: "Members",
      align: "end",
      width: 96,
      drop: 1,
      largestFirst: true,
      cell: ({ members }) => <Int value={members} />,
      sortBy: ({ members }) => members,
    },
  ];
}

/** The topics of a group that reads several, the one with most lag first. Choosing one shows its partitions, and its history. */
export function GroupTopics({ group, state, set }: { group: GroupDetail; state: GroupUrl; set: SetGroupUrl }) {
  const rows = useMemo(() => topicsOf(group.partitions), [group.partitions]);
  const maxHeight = useTallest(rows.length, tallest);
  const columns = useMemo(() => columnsOf(rows, BigInt(group.lag ?? 0)), [rows, group.lag]);
  if (rows.length < 2) return null;
  return (
    <Panel flush className="shrink-0" title="Topics" meta={integer(rows.length)}>
      <DataTable
        label={`Topics of ${group.groupId}`}
        rows={rows}
        columns={columns}
        rowKey={rowKey}
        sort={state.tsort}
        onSort={(tsort) => set({ tsort }, "push")}
        onOpen={({ topic }) => set({ topic: topic === state.topic ? "" : topic }, "push")}
        current={state.topic === "" ? null : state.topic}
        maxHeight={maxHeight}
        phone={(row) => (
          <PhoneRow
            name={<Name value={row.topic} />}
            figures={[counted(row.partitions, "partition")]}
            end={<Lag value={row.lag} unknown={row.unknown} />}
          />
        )}
      />
    </Panel>
  );
}
