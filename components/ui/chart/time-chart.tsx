"use client";
import { type PointerEvent, useMemo, useRef, useState } from "react";
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { useWidth } from "@/components/ui/use-table-size";
import { usePreferences } from "@/lib/client/preferences";
import { chartNumber } from "@/lib/format";
import { ChartBands } from "./chart-bands";
import {
  axisFigure,
  axisTicks,
  type ChartBand,
  type ChartData,
  type ChartUnit,
  largestOf,
  lineLook,
  nearest,
  timeTicks,
} from "./chart-model";
import { ChartPointer } from "./chart-pointer";
import { useSetCrosshair } from "./crosshair";
import { axisWidth, leastHeight, plotEdge } from "./plot-area";

const axisText = { fill: "var(--muted)", fontSize: 11 };
const pixelsOfTick = 68;
/** A drag shorter than this is a click. */
const leastDrag = 8;

type Row = { at: number } & Record<string, number | null>;

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
  const point = useSetCrosshair();
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const { from, until, times, series } = data;
  const rows = useMemo(() => rowsOf(data), [data]);
  const ticks = useMemo(() => axisTicks(largestOf(series), unit), [series, unit]);
  const left = Math.ceil(axisWidth(ticks.map(axisFigure[unit])));
  const plot = Math.max(1, width - left - plotEdge.right);
  const clock = useMemo(
    () => timeTicks({ from, until }, Math.max(2, plot / pixelsOfTick), zone),
    [from, until, plot, zone],
  );

  const momentAt = (event: PointerEvent<HTMLDivElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - left;
    return from + Math.max(0, Math.min(1, x / plot)) * (until - from);
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const at = momentAt(event);
    point(times[nearest(times, at)] ?? null);
    if (drag) setDrag({ ...drag, to: at });
  };
  const press = (event: PointerEvent<HTMLDivElement>) => {
    // A finger that moves scrolls the page.
    if (!onZoom || event.pointerType === "touch" || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = momentAt(event);
    setDrag({ from: at, to: at });
  };
  const release = () => {
    if (!drag) return;
    const [start, end] = drag.from < drag.to ? [drag.from, drag.to] : [drag.to, drag.from];
    setDrag(null);
    if (((end - start) / (until - from)) * plot >= leastDrag) onZoom?.(Math.round(start), Math.round(end));
  };
  return (
    <div
      ref={box}
      role="img"
      aria-label={label}
      className={`group/chart relative flex-1 select-none ${onZoom ? "cursor-crosshair" : ""}`}
      style={{ minHeight: leastHeight }}
      onPointerMove={move}
      onPointerDown={press}
      onPointerUp={release}
      onPointerCancel={() => setDrag(null)}
      onPointerLeave={() => point(null)}
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
              tickMargin={6}
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

/** One row a point. A sample that stands alone between gaps is given a twin beside it: a line needs two points to be seen. */
function rowsOf({ times, series, from, until }: ChartData): Row[] {
  const twin = (until - from) / 400;
  return times.flatMap((at, place) => {
    const row: Row = { at };
    let alone = false;
    for (const [index, { values }] of series.entries()) {
      const value = values[place] ?? null;
      row[`s${index}`] = value === null ? null : chartNumber(value);
      if (value !== null && (values[place - 1] ?? null) === null && (values[place + 1] ?? null) === null) alone = true;
    }
    return alone ? [row, { ...row, at: at + twin }] : [row];
  });
}
