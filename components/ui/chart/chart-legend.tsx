"use client";
import { Missing } from "@/components/ui/null-mark";
import { Int } from "@/components/ui/number";
import type { Whole } from "@/lib/format";
import { type ChartData, type ChartUnit, figure, lastValue, lineLook, nearest } from "./chart-model";
import { useCrosshair } from "./crosshair";

/** A figure of a line: whole records copy as digits, the rest is text. */
export function Figure({ value, unit }: { value: Whole | null; unit: ChartUnit }) {
  if (value === null) return <Missing why="No sample" />;
  return unit === "records" ? (
    <Int value={value} plainZero />
  ) : (
    <span className="whitespace-nowrap">{figure[unit](value)}</span>
  );
}

/** Each line with its newest figure; while a moment is pointed at, with the figure of that. */
export function ChartLegend({ data: { times, series }, unit }: { data: ChartData; unit: ChartUnit }) {
  const [at] = useCrosshair();
  const place = at === null ? -1 : nearest(times, at);
  return (
    <ul className="flex min-w-0 flex-wrap items-center gap-x-3 text-12">
      {series.map((line, index) => {
        const { stroke, dash } = lineLook(line, index);
        return (
          <li key={line.id} className="flex min-w-0 items-center gap-1.5">
            <svg width="14" height="8" aria-hidden="true" className="shrink-0">
              <line x1="0" x2="14" y1="4" y2="4" stroke={stroke} strokeWidth="2" strokeDasharray={dash} />
            </svg>
            <span className="min-w-0 truncate" title={line.label}>
              {line.label}
            </span>
            <span className="font-strong tabular-nums">
              <Figure value={place < 0 ? lastValue(line) : (line.values[place] ?? null)} unit={unit} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
