"use client";
import { type PointerEvent, useState } from "react";
import { nearest } from "./chart-model";
import { useSetCrosshair } from "./crosshair";

/** A drag shorter than this, in pixels, is a click. */
const leastDrag = 8;

type Settings = {
  /** Epoch ms, from one edge of the plot to the other, and the points between. */
  from: number;
  until: number;
  times: readonly number[];
  /** Pixels: where the plot begins, and how wide it is. */
  left: number;
  plot: number;
  onZoom: ((from: number, until: number) => void) | undefined;
};

/** What a pointer does over a chart: it moves the crosshair of the page, and a drag chooses a stretch of time. */
export function useChartDrag({ from, until, times, left, plot, onZoom }: Settings) {
  const point = useSetCrosshair();
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const momentAt = (event: PointerEvent<HTMLDivElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - left;
    return from + Math.max(0, Math.min(1, x / plot)) * (until - from);
  };
  const handlers = {
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const at = momentAt(event);
      point(times[nearest(times, at)] ?? null);
      if (drag) setDrag({ ...drag, to: at });
    },
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      // A finger that moves scrolls the page.
      if (!onZoom || event.pointerType === "touch" || event.button !== 0) return;
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      const at = momentAt(event);
      setDrag({ from: at, to: at });
    },
    onPointerUp: () => {
      if (!drag) return;
      const [start, end] = drag.from < drag.to ? [drag.from, drag.to] : [drag.to, drag.from];
      setDrag(null);
      if (((end - start) / (until - from)) * plot >= leastDrag) onZoom?.(Math.round(start), Math.round(end));
    },
    onPointerCancel: () => setDrag(null),
    onPointerLeave: () => point(null),
  };
  return { drag, handlers };
}
