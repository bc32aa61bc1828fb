"use client";
import { SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";
import { Popover } from "./popover";
import { usePhone } from "./use-media";

/**
 * The line above a table: the filter (children), then the choices that narrow the list, and at the end what sets the table up
 * (columns). On a phone the choices wait behind a button.
 */
export function Toolbar({ choices, end, children }: { choices?: ReactNode; end?: ReactNode; children?: ReactNode }) {
  const isPhone = usePhone();
  if (isPhone) {
    return (
      <div className="flex min-w-0 shrink-0 items-center gap-2">
        {children}
        {choices && (
          <Popover
            label="Filters"
            width={280}
            button={(opener) => <IconButton label="Filters" icon={SlidersHorizontal} look="default" {...opener} />}
          >
            <div className="flex flex-col items-start gap-2">{choices}</div>
          </Popover>
        )}
      </div>
    );
  }
  // What the server sends, a phone shows too until the page runs: by then nothing is to move.
  return (
    <div className="flex min-w-0 shrink-0 flex-wrap items-center gap-2 max-md:min-h-control">
      {children}
      <span className="contents max-md:hidden">{choices}</span>
      {end && <span className="ms-auto max-md:hidden">{end}</span>}
    </div>
  );
}
