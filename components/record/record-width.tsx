"use client";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { setPreferences, usePreferences } from "@/lib/client/preferences";

const LEAST = 360;
/** Pixels of the page that stay in sight beside a record. */
const BESIDE = 160;
/** Pixels of one press of an arrow key. */
const STEP = 16;

const most = () => Math.max(LEAST, window.innerWidth - BESIDE);
const inside = (width: number) => Math.round(Math.min(Math.max(width, LEAST), most()));

/** The width of an opened record in pixels, kept in this browser, and the edge that changes it by mouse, touch or arrow keys. */
export function useRecordWidth() {
  const { recordWidth } = usePreferences();
  const [dragged, setDragged] = useState<number | null>(null);
  const width = dragged ?? recordWidth;
  const keep = (next: number) => setPreferences({ recordWidth: inside(next) });
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: width + STEP,
      ArrowRight: width - STEP,
      Home: most(),
      End: LEAST,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    keep(next);
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const right = event.currentTarget.parentElement?.getBoundingClientRect().right ?? window.innerWidth;
    return inside(right - event.clientX);
  };
  const edge = (
    <hr
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the record"
      aria-valuenow={width}
      aria-valuemin={LEAST}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) setDragged(drag(event));
      }}
      onLostPointerCapture={() => {
        if (dragged !== null) keep(dragged);
        setDragged(null);
      }}
      onDoubleClick={() => keep(480)}
      className="absolute inset-y-0 -start-1 z-10 h-auto w-2 cursor-col-resize touch-none border-0 hover:bg-accent/30 focus-visible:bg-accent/30 max-md:hidden"
    />
  );
  return { width, edge };
}
