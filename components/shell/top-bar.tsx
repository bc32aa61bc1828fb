"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, Clock, Moon, RefreshCw, Search, Sun, SunMoon } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Menu } from "@/components/ui/menu";
import { setPreferences, usePreferences } from "@/lib/client/preferences";
import { refreshNow, usePageAge, useRefreshState } from "@/lib/client/refresh";
import { age as ageText, shortAge, zoneName } from "@/lib/format";
import { useShell } from "./shell-data";
import { Key } from "./shortcut-table";

const chip =
  "inline-flex h-control shrink-0 items-center gap-1.5 rounded-control px-2 text-12 whitespace-nowrap text-ink-2 hover:bg-hover";

/** The way from the cluster to the page; on a phone only the step back. */
function Crumbs() {
  const { crumbs } = useShell().place;
  const parent = crumbs.at(-2);
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
          <li
            key={crumb.href}
            className={`flex items-center gap-1.5 ${at === crumbs.length - 1 || at > 1 ? "min-w-0" : ""}`}
          >
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

const intervals = [5, 10, 30, 60];

/** How old the page is, and what to do about it. */
function RefreshChip() {
  const client = useQueryClient();
  const { age, at, asking } = usePageAge();
  const { paused, hold, seconds } = useRefreshState();
  const updated = age === null ? "Not updated yet" : `Updated ${ageText(age)}`;
  const words =
    hold !== null ? `Paused while ${hold}` : paused ? (age === null ? "Paused" : `Paused, ${ageText(age)}`) : updated;
  // A page that asks nothing, such as the help, has no age.
  if (at === null && !asking) return null;
  return (
    <Menu
      label="Refresh"
      items={[
        { label: "Refresh now", onSelect: () => void refreshNow(client), meta: "r" },
        {
          label: paused ? "Go on refreshing" : "Pause",
          onSelect: () => setPreferences({ refreshPaused: !paused }),
          meta: "p",
        },
        null,
        ...intervals.map((each) => ({
          label: `Every ${each} s`,
          chosen: !paused && each === seconds,
          onSelect: () => setPreferences({ refreshSeconds: each, refreshPaused: false }),
        })),
      ]}
      button={(opener) => (
        <button
          type="button"
          {...opener}
          aria-label={`${words}. Refresh settings`}
          className={`${chip} ${paused || hold !== null ? "text-warn" : ""}`}
        >
          <Icon of={RefreshCw} className={asking ? "pulse" : ""} />
          <span className="tabular-nums max-md:hidden">{words}</span>
          <span className="tabular-nums md:hidden">
            {paused || hold !== null ? "Paused" : age === null ? "" : shortAge(age)}
          </span>
        </button>
      )}
    />
  );
}

/** The zone of every time on the page. */
export function ZoneSwitch() {
  const { zone } = usePreferences();
  const local = zoneName(-new Date().getTimezoneOffset());
  return (
    <Menu
      label="Time zone"
      items={[
        { label: "UTC", chosen: zone === "utc", onSelect: () => setPreferences({ zone: "utc" }) },
        {
          label: "Zone of this browser",
          chosen: zone === "browser",
          onSelect: () => setPreferences({ zone: "browser" }),
          meta: local,
        },
      ]}
      button={(opener) => (
        <button
          type="button"
          {...opener}
          aria-label={`Times are shown in ${zone === "utc" ? "UTC" : local}`}
          className={chip}
        >
          <Icon of={Clock} />
          {zone === "utc" ? "UTC" : local}
        </button>
      )}
    />
  );
}

/** Light, dark, or as the system says. */
export function ThemeSwitch() {
  const { theme } = usePreferences();
  const choices = [
    { value: "system", label: "As the system", icon: SunMoon },
    { value: "light", label: "Light", icon: Sun },
    { value: "dark", label: "Dark", icon: Moon },
  ] as const;
  const now = choices.find((choice) => choice.value === theme) ?? choices[0];
  return (
    <Menu
      label="Theme"
      items={choices.map(({ value, label, icon }) => ({
        label,
        icon,
        chosen: value === theme,
        onSelect: () => setPreferences({ theme: value }),
      }))}
      button={(opener) => (
        <button
          type="button"
          {...opener}
          aria-label={`Theme: ${now.label.toLowerCase()}`}
          className={`${chip} w-control justify-center px-0`}
        >
          <Icon of={now.icon} />
        </button>
      )}
    />
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
