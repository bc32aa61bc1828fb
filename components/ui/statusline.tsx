import type { ReactNode } from "react";

/** The foot line of a page: at the left what is shown, at the right how old it is and what it cost. */
export function Statusline({ left, right }: { left: ReactNode; right?: ReactNode }) {
  return (
    <footer className="-mx-page flex h-[30px] shrink-0 items-center gap-3.5 overflow-hidden border-t border-border bg-surface px-page text-12 whitespace-nowrap text-muted">
      <span className="flex min-w-0 gap-3.5">{left}</span>
      {right && <span className="ms-auto flex gap-3.5 max-md:hidden">{right}</span>}
    </footer>
  );
}
