"use client";
import { useMemo, useRef } from "react";
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { useWidth } from "@/components/ui/use-table-size";
import { usePreferences } from "@/lib/client/preferences";
import { ChartBands } from "./chart-bands";
import {
  axisFigure,
  axisTicks,
  type ChartBand,
  type ChartData,
  type ChartUnit,
  largestOf,
  lineLook,
  timeTicks,
} from "./chart-model";
import { ChartPointer } from "./chart-pointer";
import { rowsOf } from "./chart-rows";
import { axisWidth, leastHeight, plotEdge } from "./plot-area";
import { useChartDrag } from "./use-chart-drag";

const axisText = { fill: "var(--muted)", fontSize: 11 };
const pixelsOfTick = 68;

/**
 * Lines over time, from 0, with four lines of grid. A drag chooses a stretch of time (`onZoom`, epoch ms). The text says what it
 * shows; the figures are in the table beside it.
 */
export function TimeChart({
  data,
  unit,
  label,
  bands,
  onZoom,
}: {
  data: ChartData;
  unit: ChartUnit;
  label: string;
  bands: readonly ChartBand[];
  onZoom?: (from: number, until: number) => void;
}) {
  const { zone } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box) ?? 0;
  const { from, until, times, series } = data;
  const rows = useMemo(() => rowsOf(data), [data]);
  const ticks = useMemo(() => axisTicks(largestOf(series), unit), [series, unit]);
  const left = Math.ceil(axisWidth(ticks.map(axisFigure[unit])));
  const plot = Math.max(1, width - left - plotEdge.right);
  const clock = useMemo(
    () => timeTicks({ from, until }, Math.max(2, plot / pixelsOfTick), zone),
    [from, until, plot, zone],
  );

  const { drag, handlers } = useChartDrag({ from, until, times, left, plot, onZoom });
  return (
    <div
      ref={box}
      role="img"
      aria-label={label}
      className={`group/chart relative flex-1 select-none ${onZoom ? "cursor-crosshair" : ""}`}
      style={{ minHeight: leastHeight }}
      {...handlers}
    >
      <ChartBands bands={bands} from={from} until={until} left={left} plot={plot} />
      <div className="absolute inset-0">
        <ResponsiveContainer width="100%" height="100%">
          <AreaChart
            data={rows}
            accessibilityLayer={false}
            margin={{ top: plotEdge.top, right: plotEdge.right, bottom: 0, left: 0 }}
          >
            <CartesianGrid vertical={false} stroke="var(--border)" />
            <XAxis
              dataKey="at"
              type="number"
              scale="linear"
              domain={[from, until]}
              allowDataOverflow
              ticks={clock.map(({ at }) => at)}
              tickFormatter={(at: number) => clock.find((tick) => tick.at === at)?.label ?? ""}
              tick={axisText}
              tickLine={false}
              tickMargin={4}
              interval={0}
              height={plotEdge.bottom}
              axisLine={{ stroke: "var(--border-strong)" }}
            />
            <YAxis
              width={left}
              type="number"
              domain={[0, ticks.at(-1) ?? 1]}
              allowDataOverflow
              ticks={ticks}
              tickFormatter={axisFigure[unit]}
              tick={axisText}
              tickLine={false}
              tickSize={0}
              tickMargin={8}
              interval={0}
              axisLine={false}
            />
            {series.map((line, at) => {
              const { stroke, dash } = lineLook(line, at);
              return (
                <Area
                  key={line.id}
                  dataKey={`s${at}`}
                  type="linear"
                  stroke={stroke}
                  strokeWidth={1.5}
                  strokeDasharray={dash}
                  strokeLinejoin="round"
                  fill={series.length === 1 ? stroke : "none"}
                  fillOpacity={0.12}
                  dot={false}
                  activeDot={false}
                  connectNulls={false}
                  isAnimationActive={false}
                />
              );
            })}
          </AreaChart>
        </ResponsiveContainer>
      </div>
      <ChartPointer data={data} left={left} drag={drag} />
    </div>
  );
}
