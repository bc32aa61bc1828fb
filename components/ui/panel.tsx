import type { ReactNode } from "react";

/**
 * A bordered part of a page that is not its main table. `meta` is the muted figure beside the title, `actions` stand at the
 * right. Tables go in with `flush`; text gets the panel's padding. What it holds is never cut: the page scrolls.
 */
export function Panel({
  title,
  meta,
  actions,
  flush = false,
  tone = "plain",
  className = "",
  children,
}: {
  title?: ReactNode;
  meta?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  tone?: "plain" | "bad";
  className?: string;
  children: ReactNode;
}) {
  return (
    <section
      className={`panel flex min-w-0 shrink-0 flex-col overflow-hidden rounded-panel border bg-surface ${tone === "bad" ? "border-bad" : "border-border"} ${className}`}
    >
      {title !== undefined && (
        <header className="flex min-h-[34px] shrink-0 items-center gap-2 border-b border-border px-3 py-1">
          <h2 className="text-13 font-bold whitespace-nowrap">{title}</h2>
          {meta !== undefined && (
            <span className="min-w-0 truncate text-muted" title={typeof meta === "string" ? meta : undefined}>
              {meta}
            </span>
          )}
          {actions && <div className="ms-auto flex shrink-0 items-center gap-2">{actions}</div>}
        </header>
      )}
      {flush ? children : <div className="px-3 py-2.5">{children}</div>}
    </section>
  );
}
