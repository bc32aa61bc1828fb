"use client";
import { useQueryClient } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useRouter } from "next/navigation";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { markLine } from "@/components/ui/cluster-mark";
import { Toasts } from "@/components/ui/toast";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { applyPreferences, usePreferences } from "@/lib/client/preferences";
import { refreshNow } from "@/lib/client/refresh";
import { BottomBar } from "./bottom-bar";
import { clusterHref, clusterNav } from "./nav";
import { useShell } from "./shell-data";
import { Sidebar } from "./sidebar";
import { switchPause, switchSidebar, switchTheme } from "./toggles";
import { TopBar } from "./top-bar";

const Palette = lazy(() => import("./palette"));
const ShortcutDialog = lazy(() => import("./shortcut-dialog"));

/** Sidebar, top bar, the page, and on a phone the bar below. */
export function AppFrame({ children }: { children: ReactNode }) {
  const { place, cluster, card, notices } = useShell();
  const { sidebar } = usePreferences();
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  const router = useRouter();
  const client = useQueryClient();

  useEffect(() => {
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", applyPreferences);
    return () => system.removeEventListener("change", applyPreferences);
  }, []);

  const goKeys = clusterNav.flatMap((item) =>
    item.key && cluster !== null
      ? [[`g ${item.key}`, () => router.push(clusterHref(cluster, item.noun))] as const]
      : [],
  );
  useShortcuts({
    ...Object.fromEntries(goKeys),
    "mod+k": () => setOpen("palette"),
    "?": () => setOpen("shortcuts"),
    r: () => void refreshNow(client),
    p: switchPause,
    t: switchTheme,
    "[": switchSidebar,
  });

  const title = [...place.crumbs.map((crumb) => crumb.label)].reverse().join(", ");
  return (
    <>
      <title>{title ? `${title} - Kafdeck` : "Kafdeck"}</title>
      <a
        href="#content"
        className="sr-only z-30 rounded-control bg-raised px-3 py-1 focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <div
        data-folded={sidebar === "folded" ? "" : undefined}
        style={sidebar === "folded" ? { ["--side" as string]: "52px" } : undefined}
        className="group/frame grid h-dvh grid-cols-[var(--side)_minmax(0,1fr)] grid-rows-[minmax(0,1fr)] bg-bg max-md:grid-cols-[minmax(0,1fr)]"
      >
        <Sidebar />
        <div className="relative flex min-h-0 min-w-0 flex-col border-s border-border bg-surface max-md:border-0">
          {card?.colour && (
            <div aria-hidden className={`absolute inset-x-0 top-0 z-10 h-0.5 ${markLine[card.colour]}`} />
          )}
          <TopBar onGoTo={() => setOpen("palette")} />
          {notices.length > 0 && (
            <div className="flex shrink-0 flex-col gap-2 px-page pt-3">
              {notices.map((notice) => (
                <Banner key={notice.code} tone="info" icon={Lock}>
                  {notice.text}
                </Banner>
              ))}
            </div>
          )}
          <main id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
            {children}
          </main>
          <BottomBar onGoTo={() => setOpen("palette")} />
        </div>
      </div>
      <Toasts />
      {/* An open dialog, so that what is typed before the palette is there is no shortcut. */}
      <Suspense fallback={<dialog open aria-label="Opening" className="hidden" />}>
        {open === "palette" && <Palette onClose={() => setOpen(null)} />}
        {open === "shortcuts" && <ShortcutDialog onClose={() => setOpen(null)} />}
      </Suspense>
    </>
  );
}
