"use client";
import { usePreferences } from "@/lib/client/preferences";
import { dateTime } from "@/lib/format";
import { type ChartData, nearest } from "./chart-model";
import { useCrosshair } from "./crosshair";
import { placeAt, plotEdge } from "./plot-area";

const span = { top: plotEdge.top, bottom: plotEdge.bottom };

/** What follows the pointer: the moment that is pointed at in any chart of the page, with its time, and the stretch being dragged. */
export function ChartPointer({
  data: { from, until, times },
  left,
  drag,
}: {
  data: ChartData;
  left: number;
  drag: { from: number; to: number } | null;
}) {
  const { zone } = usePreferences();
  const [at] = useCrosshair();
  const share = (moment: number) => (moment - from) / (until - from);
  const found = at === null ? undefined : times[nearest(times, at)];
  const place = found === undefined ? null : share(found);
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0">
      {drag && (
        <div
          className="absolute border-x border-accent bg-accent/12"
          style={{
            ...span,
            left: placeAt(Math.min(share(drag.from), share(drag.to)), left),
            width: `calc((100% - ${left + plotEdge.right}px) * ${Math.abs(share(drag.to) - share(drag.from)).toFixed(5)})`,
          }}
        />
      )}
      {found !== undefined && place !== null && place >= 0 && place <= 1 && (
        <div className="absolute border-l border-border-control" style={{ ...span, left: placeAt(place, left) }}>
          <span
            className={`absolute bottom-[-19px] hidden group-hover/chart:block rounded-small border border-border-strong bg-raised px-1 text-11 leading-4 whitespace-nowrap tabular-nums ${place < 0.25 ? "left-0" : place > 0.75 ? "right-0" : "left-0 -translate-x-1/2"}`}
          >
            {dateTime(found, zone, false)}
          </span>
        </div>
      )}
    </div>
  );
}
