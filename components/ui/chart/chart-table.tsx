"use client";
import { usePreferences } from "@/lib/client/preferences";
import { dateTime } from "@/lib/format";
import { Figure } from "./chart-legend";
import type { ChartBand, ChartData, ChartUnit } from "./chart-model";
import { zoneWord } from "./range";

/** The chart for those who cannot see it, or want the figures: a row a point, the newest first. */
export function ChartTable({
  data: { times, series },
  unit,
  label,
  bands,
}: {
  data: ChartData;
  unit: ChartUnit;
  label: string;
  bands: readonly ChartBand[];
}) {
  const { zone } = usePreferences();
  const wordAt = (at: number) =>
    bands.findLast((band) => band.from <= at && at < (band.until ?? Number.POSITIVE_INFINITY))?.word;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <div tabIndex={0} className="h-[164px] overflow-auto -outline-offset-2!">
      <table className="grid-table" style={{ minWidth: 164 + series.length * 130 }} aria-label={label}>
        <thead>
          <tr>
            <th scope="col" className="w-[160px]">
              Time, {zoneWord(zone)}
            </th>
            {series.map((line) => (
              <th key={line.id} scope="col" data-align="end" title={line.label}>
                {line.label}
              </th>
            ))}
            {bands.length > 0 && (
              <th scope="col" className="w-[120px]">
                Status
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {times
            .map((at, place) => ({ at, place }))
            .reverse()
            .map(({ at, place }) => (
              <tr key={at}>
                <td className="tabular-nums">{dateTime(at, zone, false).slice(0, 19)}</td>
                {series.map((line) => (
                  <td key={line.id} data-align="end">
                    <Figure value={line.values[place] ?? null} unit={unit} />
                  </td>
                ))}
                {bands.length > 0 && <td>{wordAt(at) ?? ""}</td>}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
