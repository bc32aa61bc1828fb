"use client";
import { type ComponentProps, type ReactNode, type RefObject, useEffect, useLayoutEffect, useState } from "react";
import { useWindow } from "@/components/ui/use-window";

/** Pixels of a line of a payload. */
export const LINE_HEIGHT = 19;

/** A line to bring into sight; each new object does it again. */
export type Reveal = { line: number } | null;

/**
 * Lines of one height, of which only those in sight are drawn, however many there are. They scroll sideways where they are long.
 * `children` draws one.
 */
export function PayloadLines({
  scroller,
  count,
  reveal,
  children,
  className = "",
  ...rest
}: Omit<ComponentProps<"div">, "children"> & {
  scroller: RefObject<HTMLDivElement | null>;
  count: number;
  reveal: Reveal;
  children: (index: number) => ReactNode;
}) {
  const view = useWindow(scroller, { count, height: LINE_HEIGHT, head: 0, on: true });
  const { reveal: bring } = view;
  useEffect(() => {
    if (reveal === null || reveal.line < 0) return;
    bring(reveal.line);
    // The line is drawn by then; a long one moves sideways too.
    const frame = requestAnimationFrame(() =>
      scroller.current?.querySelector("[data-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }),
    );
    return () => cancelAnimationFrame(frame);
  }, [reveal, bring, scroller]);
  const indexes = Array.from({ length: Math.max(0, view.last - view.first + 1) }, (_, at) => view.first + at);
  return (
    <div
      ref={scroller}
      {...rest}
      className={`min-h-[90px] flex-initial overflow-auto py-1 font-mono text-12 leading-[19px] -outline-offset-2! ${className}`}
    >
      <div className="relative w-max min-w-full" style={{ height: count * LINE_HEIGHT }} role="none">
        <div role="none" style={{ height: view.first * LINE_HEIGHT }} />
        {indexes.map((index) => children(index))}
      </div>
    </div>
  );
}

/** Characters of the mono font that fit beside each other; null before it is measured. `edges`: pixels left free. */
export function useColumns(scroller: RefObject<HTMLElement | null>, edges: number): number | null {
  const [columns, setColumns] = useState<number | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const context = document.createElement("canvas").getContext("2d");
    const look = () => {
      if (context) context.font = getComputedStyle(element).font;
      const width = context?.measureText("0".repeat(100)).width ?? 0;
      const each = width > 0 ? width / 100 : 7.2;
      setColumns(Math.max(8, Math.floor((element.clientWidth - edges) / each)));
    };
    const sizes = new ResizeObserver(look);
    look();
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [scroller, edges]);
  return columns;
}
