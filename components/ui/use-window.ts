"use client";
import { type RefObject, useCallback, useLayoutEffect, useState } from "react";

/** Rows drawn beyond each edge, so that a quick scroll does not show a gap. */
const beyond = 6;

/**
 * Which rows of a long list are in sight. Rows all have one height, so this needs no measuring. `head` is the height of what
 * stays at the top. Off, everything is drawn.
 */
export function useWindow(
  scroller: RefObject<HTMLElement | null>,
  { count, height, head, on }: { count: number; height: number; head: number; on: boolean },
): { first: number; last: number; reveal: (index: number) => void } {
  const [range, setRange] = useState({ first: 0, last: 40 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!on || element === null) return;
    const look = () => {
      const top = Math.floor(element.scrollTop / height);
      const seen = Math.ceil(element.clientHeight / height);
      // In steps, so that not every pixel draws again.
      const first = Math.max(0, Math.floor((top - beyond) / 4) * 4);
      const last = Math.ceil((top + seen + beyond) / 4) * 4;
      setRange((old) => (old.first === first && old.last === last ? old : { first, last }));
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller, height, on]);
  const reveal = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (element === null) return;
      const top = index * height;
      const bottom = top + height + head - element.clientHeight;
      if (element.scrollTop > top) element.scrollTop = top;
      else if (element.scrollTop < bottom) element.scrollTop = bottom;
    },
    [scroller, height, head],
  );
  if (!on) return { first: 0, last: count - 1, reveal };
  // A list that became shorter by its filter ends before the window did.
  const last = Math.min(range.last, count - 1);
  return { first: Math.min(range.first, Math.max(0, last - (range.last - range.first))), last, reveal };
}
