"use client";
import { useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { setPreferences } from "@/lib/client/preferences";
import { refreshNow, usePageAge, useRefreshState } from "@/lib/client/refresh";
import { age as ageText, shortAge } from "@/lib/format";
import { chip } from "./chip";

const intervals = [5, 10, 30, 60];

/** How old the page is, and what to do about it. */
export function RefreshChip() {
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
