import type { ReactNode } from "react";
import { Link } from "./link";

export type Tab = {
  href: string;
  label: string /** A count or a few words beside the label. */;
  meta?: ReactNode;
  current: boolean;
};

/** Sub-pages of a thing, as links: each tab has its own URL. */
export function Tabs({ of: tabs, label }: { of: Tab[]; label: string }) {
  return (
    <nav
      aria-label={label}
      className="-mx-page flex shrink-0 gap-[18px] overflow-x-auto overflow-y-hidden border-b border-border px-page max-md:gap-5"
    >
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? "page" : undefined}
          className="-mb-px flex h-8 shrink-0 items-center gap-1.5 border-b-2 border-transparent whitespace-nowrap text-ink-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-strong aria-[current]:text-ink max-md:h-10"
        >
          {/* As wide as it is in bold: the tabs beside it stay where they are when it is chosen. */}
          <span
            data-label={tab.label}
            className="inline-grid after:invisible after:h-0 after:overflow-hidden after:font-strong after:content-[attr(data-label)]"
          >
            {tab.label}
          </span>
          {tab.meta !== undefined && <span className="text-12 font-normal text-muted tabular-nums">{tab.meta}</span>}
        </Link>
      ))}
    </nav>
  );
}
