"use client";
import { Ellipsis, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Menu } from "@/components/ui/menu";
import { setPreferences, usePreferences } from "@/lib/client/preferences";
import { appNav, clusterFoot, clusterHref, clusterNav } from "./nav";
import { useShell } from "./shell-data";

const cell =
  "flex flex-col items-center justify-center gap-0.5 text-11 leading-[14px] text-ink-2 aria-[current]:font-strong aria-[current]:text-accent";

/** On a phone: the pages used most under the thumb, the rest behind More. */
export function BottomBar({ onGoTo }: { onGoTo: () => void }) {
  const { cluster, place } = useShell();
  const { theme, zone } = usePreferences();
  const router = useRouter();
  const here = clusterNav.filter((item) => item.phone);
  const more = [...clusterNav.filter((item) => !item.phone), ...clusterFoot];
  const goTo = (href: string) => () => router.push(href);
  return (
    <nav
      aria-label="Main"
      className="grid h-14 shrink-0 auto-cols-fr grid-flow-col border-t border-border bg-bg md:hidden"
    >
      {cluster !== null &&
        here.map((item) => (
          <Link
            key={item.noun}
            href={clusterHref(cluster, item.noun)}
            aria-current={place.cluster !== null && place.noun === item.noun ? "page" : undefined}
            className={cell}
          >
            <Icon of={item.icon} size={18} />
            {item.short ?? item.label}
          </Link>
        ))}
      <Menu
        label="More"
        items={[
          { label: "Go to, or do…", icon: Search, onSelect: onGoTo },
          { label: "All clusters", onSelect: goTo("/clusters") },
          ...(cluster === null
            ? []
            : more.map((item) => ({
                label: item.label,
                icon: item.icon,
                onSelect: goTo(clusterHref(cluster, item.noun)),
              }))),
          ...appNav.map((item) => ({ label: item.label, icon: item.icon, onSelect: goTo(item.href) })),
          null,
          { label: "Light theme", chosen: theme === "light", onSelect: () => setPreferences({ theme: "light" }) },
          { label: "Dark theme", chosen: theme === "dark", onSelect: () => setPreferences({ theme: "dark" }) },
          {
            label: "Theme of the system",
            chosen: theme === "system",
            onSelect: () => setPreferences({ theme: "system" }),
          },
          null,
          { label: "Times in UTC", chosen: zone === "utc", onSelect: () => setPreferences({ zone: "utc" }) },
          {
            label: "Times of this browser",
            chosen: zone === "browser",
            onSelect: () => setPreferences({ zone: "browser" }),
          },
        ]}
        button={(opener) => (
          <button type="button" {...opener} className={cell}>
            <Icon of={Ellipsis} size={18} />
            More
          </button>
        )}
      />
    </nav>
  );
}
