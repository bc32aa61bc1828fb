"use client";
import { ChevronLeft, ChevronRight, Search } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { RefreshChip } from "./refresh-chip";
import { useShell } from "./shell-data";
import { Key } from "./shortcut-table";
import { ThemeSwitch, ZoneSwitch } from "./switches";

/** Things whose own page is one of their tabs. */
const tabbed = new Set(["topics", "brokers"]);

/** A long name gives way, be it the page's or on the way to it; words such as Configs stay whole. */
const shrinks = (at: number, steps: number): string => {
  if (at > 2) return "shrink-0";
  return at === 2 || at === steps - 1 ? "" : "max-w-[30%] shrink-0";
};

/** The way from the cluster to the page; on a phone only the step back. */
function Crumbs() {
  const { crumbs, noun } = useShell().place;
  // A tab of a topic or a broker stands beside its others, so the step back is to the list.
  const parent = crumbs.length === 4 && tabbed.has(noun) ? crumbs.at(1) : crumbs.at(-2);
  return (
    <nav aria-label="Breadcrumbs" className="min-w-0 flex-1 text-muted">
      {parent && (
        <Link href={parent.href} className="flex min-w-0 items-center gap-1 text-ink-2 md:hidden">
          <Icon of={ChevronLeft} />
          <span className="truncate">{parent.label}</span>
        </Link>
      )}
      <ol className={`flex min-w-0 items-center gap-1.5 whitespace-nowrap ${parent ? "max-md:hidden" : ""}`}>
        {crumbs.map((crumb, at) => (
          <li key={crumb.href} className={`flex min-w-0 items-center gap-1.5 ${shrinks(at, crumbs.length)}`}>
            {at > 0 && <Icon of={ChevronRight} size={12} className="text-border-control" />}
            {at === crumbs.length - 1 ? (
              <b aria-current="page" className="truncate text-ink">
                {crumb.label}
              </b>
            ) : (
              <Link href={crumb.href} className="truncate hover:text-ink">
                {crumb.label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** 44 px at the top: where this is, where to go, how old it is. */
export function TopBar({ onGoTo }: { onGoTo: () => void }) {
  return (
    <header className="flex h-11 shrink-0 items-center gap-2.5 border-b border-border px-page max-md:gap-1">
      <Crumbs />
      <button
        type="button"
        onClick={onGoTo}
        className="flex h-7 w-[208px] shrink-0 items-center gap-2 rounded-control border border-border bg-sunken ps-2 pe-1 text-start text-muted hover:border-border-strong max-lg:w-[132px] max-md:hidden"
      >
        <Icon of={Search} />
        <span className="flex-1">Go to</span>
        <Key>Ctrl K</Key>
      </button>
      <RefreshChip />
      <span className="contents max-md:hidden">
        <ZoneSwitch />
        <ThemeSwitch />
      </span>
    </header>
  );
}
