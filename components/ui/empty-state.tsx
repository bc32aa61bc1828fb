import type { ReactNode } from "react";
import { CommandBlock } from "./command-block";

/** Three rows of empty boxes that fade: a log without records. */
const boxes = [0, 1, 2].flatMap((row) =>
  Array.from({ length: 11 }, (_, column) => ({ x: column * 20 + 0.5, y: row * 20 + 0.5, opacity: 1 - column * 0.08 })),
);

/** Nothing here, and what to do next: a title, a sentence or two, the actions, and the same from a shell. */
export function EmptyState({
  title,
  children,
  actions,
  command,
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  command?: string;
}) {
  return (
    <div className="mx-auto flex w-full max-w-[560px] flex-col gap-4 px-page py-12 md:py-18">
      <svg width="216" height="56" aria-hidden="true" className="text-border-control">
        {boxes.map(({ x, y, opacity }) => (
          <rect
            key={`${x} ${y}`}
            x={x}
            y={y}
            width="15"
            height="13"
            rx="3"
            fill="none"
            stroke="currentColor"
            strokeDasharray="3 2"
            opacity={opacity}
          />
        ))}
      </svg>
      <div className="mt-2 flex flex-col gap-1">
        <h2 className="text-15 font-bold">{title}</h2>
        <div className="wrap-anywhere text-ink-2">{children}</div>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      {command && <CommandBlock label="The same from a shell" command={command} />}
    </div>
  );
}
