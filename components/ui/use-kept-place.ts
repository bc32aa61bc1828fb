"use client";
import { type RefObject, useLayoutEffect, useRef } from "react";

/** Rows that may have come before the first one at once and still be found. */
const MOST_NEW = 2_000;

/**
 * Keeps what is being read where it is while rows come before it: the list is moved by what came, unless it stands at its very top.
 * `rows` is the list as drawn, `on` false leaves it alone.
 */
export function useKeptPlace<Row>(
  scroller: RefObject<HTMLElement | null>,
  { rows, rowKey, height, on }: { rows: readonly Row[]; rowKey: (row: Row) => string; height: number; on: boolean },
): void {
  const first = useRef<string | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    const [head] = rows;
    const before = first.current;
    first.current = head === undefined ? null : rowKey(head);
    if (!on || element === null || before === null || before === first.current || element.scrollTop === 0) return;
    const came = rows.slice(0, MOST_NEW).findIndex((row) => rowKey(row) === before);
    if (came > 0) element.scrollTop += came * height;
  }, [scroller, rows, rowKey, height, on]);
}
