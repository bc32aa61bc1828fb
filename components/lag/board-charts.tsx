"use client";
import { useMemo } from "react";
import { ChartPanel } from "@/components/ui/chart/chart-panel";
import { ChartsTogether } from "@/components/ui/chart/crosshair";
import { type RangeUrl, spanUrl } from "@/components/ui/chart/range";
import type { LagBoard } from "@/lib/api/lag";
import { totalOf, worstOf } from "./board-lines";

type Props = {
  board: LagBoard;
  by: "lag" | "timeLag";
  /** The figures are of another time than the one that is asked for. */
  faded: boolean;
  onZoom: (span: Pick<RangeUrl, "from" | "until">) => void;
};

/** Lag of the whole cluster, and of the groups that were worst. */
export function BoardCharts({ board, by, faded, onZoom }: Props) {
  const total = useMemo(() => totalOf(board), [board]);
  const worst = useMemo(() => worstOf(board, by), [board, by]);
  const zoom = (from: number, until: number) => onZoom(spanUrl(from, until));
  const place = `flex-[1_1_340px] ${faded ? "opacity-60" : ""}`;
  const noun = board.items.length > worst.series.length ? `the worst ${worst.series.length} groups` : "each group";
  return (
    <ChartsTogether>
      <div className="flex shrink-0 flex-wrap gap-3">
        <ChartPanel
          title="Lag of the cluster"
          name="Lag of all groups together"
          data={total}
          unit="records"
          onZoom={zoom}
          className={place}
        />
        <ChartPanel
          title={`${by === "lag" ? "Lag" : "Time lag"} of ${noun}`}
          name={`${by === "lag" ? "Lag" : "Time lag"} of ${noun}`}
          data={worst}
          unit={by === "lag" ? "records" : "time"}
          onZoom={zoom}
          className={`${place} md:flex-[1.6_1_420px]`}
        />
      </div>
    </ChartsTogether>
  );
}
