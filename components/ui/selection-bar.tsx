"use client";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";

/** Floats over the foot of a list while rows are selected: how many, what they hold, and what can be done with them. */
export function SelectionBar({
  what,
  holds,
  onClear,
  children,
}: {
  what: ReactNode;
  holds?: ReactNode;
  onClear: () => void;
  children: ReactNode;
}) {
  return (
    <div
      role="toolbar"
      aria-label="Selection"
      className="floats absolute inset-x-2 bottom-11 z-10 mx-auto flex min-h-11 w-fit max-w-full flex-wrap items-center gap-2 rounded-float border border-border-strong bg-raised py-1.5 ps-3.5 pe-2 shadow-float md:whitespace-nowrap"
    >
      <span role="status">
        <b>{what}</b> selected
      </span>
      {holds && <span className="text-muted tabular-nums">{holds}</span>}
      <span className="flex flex-wrap items-center gap-2 md:ms-3">
        {children}
        <IconButton label="Clear selection" icon={X} onClick={onClear} />
      </span>
    </div>
  );
}
