"use client";
import { type ReactNode, useMemo, useState } from "react";
import { DataTable } from "@/components/ui/data-table";
import { PhoneRow } from "@/components/ui/data-table-row";
import { Int } from "@/components/ui/number";
import type { OffsetsPlan, PlannedOffset } from "@/lib/api/group-offsets";
import { usePreferences } from "@/lib/client/preferences";
import { zoneLabel } from "@/lib/format";
import { Change, PlanNote, planColumns } from "./plan-columns";
import { TopicChips } from "./topic-chips";

const keyOf = ({ topic, partition }: PlannedOffset) => `${topic}/${partition}`;

/** Every partition of a plan: where its offset is, and where it goes. Only the rows in sight are in the page. */
export function PlanTable({ plan }: { plan: OffsetsPlan }) {
  const { zone } = usePreferences();
  const [sort, setSort] = useState("");
  const [only, setOnly] = useState("");
  const all = plan.partitions;
  const isNew = plan.type === null;
  const hasOnly = all.some(({ topic }) => topic === only);
  const rows = useMemo(() => (hasOnly ? all.filter(({ topic }) => topic === only) : all), [all, only, hasOnly]);
  const named = rows.some(({ topic }) => topic !== rows[0]?.topic);
  const columns = useMemo(
    () => planColumns({ rows, zone, zoneLabel: zoneLabel(zone), named, isNew }),
    [rows, zone, named, isNew],
  );
  return (
    <>
      <TopicChips of={all} only={hasOnly ? only : ""} onChange={setOnly} />
      {/* The table bleeds to the edges of a page, which this is not: the padding takes that back. */}
      <div className="flex min-h-0 flex-col overflow-hidden px-page max-lg:max-h-[60dvh]">
        <DataTable
          label="Plan, partition by partition"
          rows={rows}
          columns={columns}
          rowKey={keyOf}
          sort={sort}
          onSort={setSort}
          fill
          phone={(row) => <PlanPhoneRow row={row} named={named} />}
          empty={<p className="px-page py-3 text-muted">Nothing is named: there is no partition to set.</p>}
        />
      </div>
    </>
  );
}

/** Which partition, in the second line of a phone's row; its topic gives way first. */
export const placeFigures = (
  { topic, partition }: { topic: string; partition: number },
  named: boolean,
): ReactNode[] =>
  named
    ? [
        `Part. ${partition}`,
        <span key="topic" className="block max-w-[26vw] truncate" title={topic}>
          {topic}
        </span>,
      ]
    : [`Partition ${partition}`];

function PlanPhoneRow({ row, named }: { row: PlannedOffset; named: boolean }) {
  return (
    <PhoneRow
      name={
        <span className="flex gap-1.5">
          <Int value={row.before} why="No offset" plainZero />
          <span className="text-muted">→</span>
          <b className="font-strong">
            <Int value={row.after} why="Deleted" plainZero />
          </b>
        </span>
      }
      badge={<Change row={row} />}
      figures={placeFigures(row, named)}
      end={<PlanNote row={row} />}
    />
  );
}
