"use client";
import { X } from "lucide-react";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { zoneWord } from "@/components/ui/chart/range";
import { ColumnsChooser, useColumns } from "@/components/ui/columns-chooser";
import { DataTable } from "@/components/ui/data-table";
import { PhoneRow } from "@/components/ui/data-table-row";
import { Lag } from "@/components/ui/lag";
import { Panel } from "@/components/ui/panel";
import { Sparkline } from "@/components/ui/sparkline";
import { useTallest } from "@/components/ui/use-tallest";
import type { GroupDetail, GroupPartition } from "@/lib/api/groups";
import { usePreferences } from "@/lib/client/preferences";
import { counted, integer } from "@/lib/format";
import { groupPartitionColumns } from "./group-partition-columns";
import type { GroupUrl, SetGroupUrl } from "./group-url";
import { unknownLag } from "./unknown-lag";

const rowKey = ({ topic, partition }: GroupPartition) => `${topic}/${partition}`;
/** About twenty rows: what follows must stay within reach. */
const tallest = 620;

type Props = { cluster: string; group: GroupDetail; state: GroupUrl; set: SetGroupUrl };

/** Where does the lag lie, and who holds it? */
export function GroupPartitions({ cluster, group, state, set }: Props) {
  const { zone } = usePreferences();
  const rows = useMemo(
    () => group.partitions.filter(({ topic }) => state.topic === "" || topic === state.topic),
    [group.partitions, state.topic],
  );
  const members = useMemo(
    () => new Map(group.memberList.map(({ memberId, clientId }) => [memberId, clientId])),
    [group.memberList],
  );
  const maxHeight = useTallest(rows.length, tallest);
  const topics = useMemo(() => [...new Set(rows.map(({ topic }) => topic))], [rows]);
  const isShare = group.type === "share";
  const columns = useMemo(
    () =>
      groupPartitionColumns({
        cluster,
        rows,
        total: BigInt(group.lag ?? 0),
        members,
        manyTopics: topics.length > 1,
        isShare,
      }),
    [cluster, rows, group.lag, members, topics.length, isShare],
  );
  const table = isShare ? "share-partitions" : "group-partitions";
  const shown = useColumns(table, columns);
  const [only] = topics;
  return (
    <Panel
      flush
      className="shrink-0"
      title="Partitions"
      meta={
        rows.length > 0 && (
          <>
            {integer(rows.length)} of{" "}
            {topics.length === 1 && only !== undefined ? (
              <span className="text-ink-2">{only}</span>
            ) : (
              counted(topics.length, "topic")
            )}
          </>
        )
      }
      actions={
        rows.length > 0 && (
          <>
            {state.topic !== "" && (
              <Button icon={X} iconOnPhone onClick={() => set({ topic: "" }, "push")} className="h-6!">
                All topics
              </Button>
            )}
            <span className="text-12 text-muted max-md:hidden">times in {zoneWord(zone)}</span>
            <span className="max-md:hidden">
              <ColumnsChooser table={table} columns={columns} shown={shown} bare />
            </span>
          </>
        )
      }
    >
      {rows.length === 0 ? (
        <p className="px-3 py-2.5 text-ink-2">
          {group.coordinator === null
            ? "The committed offsets could not be asked for."
            : "The group has committed no offset, and no member holds a partition."}
        </p>
      ) : (
        <DataTable
          label={`Partitions of ${group.groupId}`}
          rows={rows}
          columns={shown}
          rowKey={rowKey}
          sort={state.sort}
          onSort={(sort) => set({ sort }, "push")}
          maxHeight={maxHeight}
          phone={(row) => <PartitionPhoneRow row={row} members={members} manyTopics={topics.length > 1} />}
        />
      )}
    </Panel>
  );
}

function PartitionPhoneRow({
  row,
  members,
  manyTopics,
}: {
  row: GroupPartition;
  members: ReadonlyMap<string, string>;
  manyTopics: boolean;
}) {
  const { partition, topic, lag, unknown, committed, end, memberId } = row;
  const offsets =
    unknown === null && committed !== null && end !== null
      ? `${integer(committed)} of ${integer(end)}`
      : unknown === null
        ? ""
        : unknownLag[unknown].word;
  return (
    <PhoneRow
      name={
        <span className="flex gap-2">
          <span className="min-w-6">{partition}</span>
          <span className="font-bold">
            <Lag value={lag} />
          </span>
        </span>
      }
      badge={row.trend.length > 0 && <Sparkline values={row.trend} tone="ok" />}
      figures={[
        <span key="offsets" className="block truncate ps-8">
          {manyTopics ? topic : offsets}
        </span>,
      ]}
      end={
        memberId !== null &&
        !manyTopics && (
          <span className="block max-w-[140px] truncate font-mono text-11">{members.get(memberId) ?? memberId}</span>
        )
      }
    />
  );
}
