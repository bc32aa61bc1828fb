import type { ReactNode } from "react";
import { CopyButton } from "./copy-button";

/**
 * The body of a page below the top bar. `title` is the name of the thing; `copy` puts a copy button beside it. With `fill` the
 * page is as high as the window and its main table scrolls; otherwise the page scrolls.
 */
export function Page({
  title,
  copy,
  meta,
  badges,
  actions,
  fill = false,
  children,
}: {
  title: string;
  copy?: string;
  meta?: ReactNode;
  badges?: ReactNode;
  actions?: ReactNode;
  fill?: boolean;
  children: ReactNode;
}) {
  // On a phone the name of a thing shares its line with the actions only; what else is said of it follows below.
  const named = copy !== undefined;
  return (
    <div
      className={`relative flex min-h-0 flex-1 flex-col gap-3 px-page pt-3.5 max-md:gap-2.5 max-md:pt-2.5 ${fill ? "overflow-hidden" : "overflow-y-auto pb-6"}`}
    >
      <div className="group flex min-h-control shrink-0 flex-wrap items-center gap-x-2.5 gap-y-2">
        <h1
          className={`min-w-0 text-18 font-bold tracking-[-0.012em] wrap-anywhere max-md:text-[17px] max-md:leading-[22px] ${named ? "max-md:flex-1" : ""}`}
        >
          {title}
        </h1>
        {badges && (
          <span
            className={`contents ${named ? "max-md:order-last max-md:flex max-md:w-full max-md:flex-wrap max-md:gap-1.5 max-md:empty:hidden" : ""}`}
          >
            {badges}
          </span>
        )}
        {meta !== undefined && (
          <span className={`min-w-0 text-muted ${named ? "max-md:order-last max-md:w-full" : ""}`}>{meta}</span>
        )}
        {copy !== undefined && (
          <CopyButton
            value={copy}
            label="Copy name"
            className="-ms-1.5 opacity-0 group-hover:opacity-100 focus-within:opacity-100 max-md:hidden"
          />
        )}
        {actions && <div className="ms-auto flex flex-wrap items-center gap-2.5">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
