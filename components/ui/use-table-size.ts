"use client";
import { type RefObject, useLayoutEffect, useState } from "react";
import { usePreferences } from "@/lib/client/preferences";

const rowHeights = { compact: 24, normal: 28, comfortable: 34 } as const;

/** Height of a table row in pixels, as the reader's density says; the style sheet has the same figures. */
export const useRowHeight = (): number => rowHeights[usePreferences().density];

/** Width of an element in pixels, followed; null before it is measured. */
export function useWidth(element: RefObject<HTMLElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null);
  useLayoutEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    setWidth(Math.round(element.current.getBoundingClientRect().width));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
