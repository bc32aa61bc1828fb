import { usePreferences } from "@/lib/client/preferences";
import { type ChartBand, momentWord } from "./chart-model";
import { placeAt, plotEdge } from "./plot-area";

const look = {
  warn: { ground: "bg-warn", line: "border-warn", ink: "text-warn" },
  bad: { ground: "bg-bad", line: "border-bad", ink: "text-bad" },
} as const;
const pixelsOfLetter = 6.1;

/** Stretches in which something was wrong: a soft ground, a dashed line where it began, and the words where there is room for them. */
export function ChartBands({
  bands,
  from,
  until,
  left,
  plot,
}: {
  bands: readonly ChartBand[];
  from: number;
  until: number;
  left: number;
  plot: number;
}) {
  const { zone } = usePreferences();
  const share = (at: number) => Math.max(0, Math.min(1, (at - from) / (until - from)));
  const shown = bands.filter((band) => band.from < until && (band.until ?? until) > from);
  // The newest has its words first; others are written only where that leaves room.
  let free = plot;
  const words = shown
    .map((band) => {
      const [start, end] = [share(band.from) * plot, share(band.until ?? until) * plot];
      const text =
        band.until === null
          ? `${band.word} since ${momentWord(band.from, { from, until }, zone)}`
          : `${band.word} ${momentWord(band.from, { from, until }, zone)} to ${momentWord(band.until, { from, until }, zone)}`;
      return { text, start, end, needs: text.length * pixelsOfLetter + 10 };
    })
    .reverse()
    .map(({ text, start, end, needs }) => {
      const side = start >= needs && start <= free ? "before" : Math.min(end, free) - start >= needs ? "inside" : null;
      if (side !== null) free = side === "before" ? start - needs : start;
      return side === null ? null : { text, side };
    })
    .reverse();
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0">
      {shown.map((band, at) => {
        const { ground, line, ink } = look[band.tone];
        const [start, end] = [share(band.from), share(band.until ?? until)];
        const word = words[at];
        return (
          <div
            key={band.from}
            className="absolute"
            style={{
              left: placeAt(start, left),
              width: `calc((100% - ${left + plotEdge.right}px) * ${(end - start).toFixed(5)})`,
              top: plotEdge.top,
              bottom: plotEdge.bottom,
            }}
          >
            <div className={`absolute inset-0 opacity-[.09] ${ground}`} />
            {band.from > from && <div className={`absolute inset-y-0 left-0 border-l border-dashed ${line}`} />}
            {word && (
              <span
                className={`absolute top-0.5 rounded-small bg-surface/80 text-11 leading-4 whitespace-nowrap ${ink} ${word.side === "before" ? "right-full me-1.5" : "left-0 ms-1.5"}`}
              >
                {word.text}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
