"use client";
import { usePreferences } from "@/lib/client/preferences";
import { timeParts, type Zone } from "@/lib/format";
import { Figure } from "./chart-legend";
import type { ChartBand, ChartData, ChartUnit } from "./chart-model";
import { zoneWord } from "./range";

/** The chart for those who cannot see it, or want the figures: a row a point, the newest first. A day that all share is in the head. */
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
  const day = (at: number | undefined) => (at === undefined ? undefined : timeParts(at, zone)?.date);
  const oneDay = day(times[0]) === day(times.at(-1)) ? day(times[0]) : undefined;
  const timeWidth = oneDay === undefined ? 184 : 132;
  const width = timeWidth + series.length * 112 + (bands.length > 0 ? 116 : 0);
  const wordAt = (at: number) =>
    bands.findLast((band) => band.from <= at && at < (band.until ?? Number.POSITIVE_INFINITY))?.word;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <div tabIndex={0} className="h-[164px] overflow-auto -outline-offset-2!">
      <table className="grid-table" style={{ minWidth: width }} aria-label={label}>
        <thead>
          <tr>
            <th scope="col" style={{ width: timeWidth }}>
              {oneDay ?? "Time"}, {zoneWord(zone)}
            </th>
            {series.map((line) => (
              <th key={line.id} scope="col" data-align="end" title={line.label}>
                {line.label}
              </th>
            ))}
            {bands.length > 0 && (
              <th scope="col" className="w-[116px]">
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
                <td className="tabular-nums">{clockOf(at, zone, oneDay !== undefined)}</td>
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

/** A moment of a row to the second, with its date where rows are of several days. */
function clockOf(at: number, zone: Zone, bare: boolean): string {
  const parts = timeParts(at, zone);
  if (parts === null) return "";
  const time = parts.time.slice(0, 8);
  return bare ? time : `${parts.date} ${time}`;
}
