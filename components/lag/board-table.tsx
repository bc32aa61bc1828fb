"use client";
import { useCallback, useMemo } from "react";
import { ColumnsChooser, useColumns } from "@/components/ui/columns-chooser";
import { DataTable } from "@/components/ui/data-table";
import { PhoneRow } from "@/components/ui/data-table-row";
import { groupHref } from "@/components/ui/group-href";
import { LagStatusWord } from "@/components/ui/lag-status";
import { Name } from "@/components/ui/name";
import { Int } from "@/components/ui/number";
import { Panel } from "@/components/ui/panel";
import type { BoardGroup, LagBoard } from "@/lib/api/lag";
import { duration, integer } from "@/lib/format";
import { boardColumns } from "./board-columns";

const rowKey = ({ groupId }: BoardGroup) => groupId;

type Props = {
  cluster: string;
  board: LagBoard;
  by: "lag" | "timeLag";
  range: string;
  sort: string;
  onSort: (sort: string) => void;
};

/** The worst groups in figures, the worst first; each leads to its page. */
export function BoardTable({ cluster, board, by, range, sort, onSort }: Props) {
  const columns = useMemo(() => boardColumns(board.items, by, range), [board.items, by, range]);
  const shown = useColumns("lag-board", columns);
  const href = useCallback((row: BoardGroup) => groupHref(cluster, row.groupId), [cluster]);
  return (
    <Panel
      flush
      className="shrink-0"
      title="Worst groups"
      meta={
        board.items.length < board.total
          ? `${integer(board.items.length)} of ${integer(board.total)}`
          : integer(board.total)
      }
      actions={
        <span className="max-md:hidden">
          <ColumnsChooser table="lag-board" columns={columns} shown={shown} bare />
        </span>
      }
    >
      <DataTable
        label={`Groups of ${cluster} that were furthest behind`}
        rows={board.items}
        columns={shown}
        rowKey={rowKey}
        sort={sort}
        onSort={onSort}
        href={href}
        phone={(row) => (
          <PhoneRow
            name={<Name value={row.groupId} />}
            badge={
              <span className="shrink-0 text-12">
                <LagStatusWord status={row.status} title={row.verdict.reason} />
              </span>
            }
            figures={[`time lag ${row.worstTimeLagMs === null ? "unknown" : duration(Math.round(row.worstTimeLagMs))}`]}
            end={
              <>
                worst <Int value={row.worstLag} />
              </>
            }
          />
        )}
      />
    </Panel>
  );
}
