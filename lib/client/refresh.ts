"use client";
import type { Query, QueryClient } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { usePreferences } from "./preferences.ts";

/** Reasons for which parts of the page hold the refresh, such as "editing": what is being worked on must not change below the hand. */
const holds = new Map<symbol, string>();
const listeners = new Set<() => void>();
const changed = () => {
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const firstHold = (): string | null => holds.values().next().value ?? null;

/** Holds the automatic refresh of the page while `reason` is given ("editing" is shown as "Paused while editing"). */
export function useHoldRefresh(reason: string | null): void {
  useEffect(() => {
    if (reason === null) return;
    const id = Symbol(reason);
    holds.set(id, reason);
    changed();
    return () => {
      holds.delete(id);
      changed();
    };
  }, [reason]);
}

/** Why nothing is refreshed at the moment: the reader paused it, or a part of the page holds it. Null: it runs. */
export function useRefreshState(): { paused: boolean; hold: string | null; seconds: number } {
  const { refreshPaused, refreshSeconds } = usePreferences();
  const hold = useSyncExternalStore(subscribe, firstHold, () => null);
  return { paused: refreshPaused, hold, seconds: refreshSeconds };
}

/**
 * Options for a query that is kept fresh: `useQuery({ ...topicsQuery(cluster), ...useRefresh() })`. One interval for the
 * whole app; a hidden tab asks nothing.
 */
export function useRefresh(): { refetchInterval: number | false; refetchIntervalInBackground: false } {
  const { paused, hold, seconds } = useRefreshState();
  return { refetchInterval: paused || hold !== null ? false : seconds * 1000, refetchIntervalInBackground: false };
}

/** Asked by something on the page that did not say `meta: { ageless: true }` (documentation, the shell's own questions). */
const counts = (query: Query) =>
  query.observers.some((observer) => observer.options.enabled !== false && observer.options.meta?.ageless !== true);

/** Asks everything on the page again, now. */
export const refreshNow = (client: QueryClient): Promise<void> => client.refetchQueries({ predicate: counts });

/** When the oldest answer on the page arrived (epoch ms), and whether something is being asked. Null before the first answer. */
function pageAge(client: QueryClient): { at: number | null; asking: boolean } {
  const queries = client.getQueryCache().findAll({ predicate: counts });
  const times = queries.map((query) => query.state.dataUpdatedAt).filter((at) => at > 0);
  return {
    at: times.length > 0 ? Math.min(...times) : null,
    asking: queries.some((query) => query.state.fetchStatus === "fetching"),
  };
}

/** The age of what is on the page, told again each second. `age` is in milliseconds; null before the first answer. */
export function usePageAge(): { age: number | null; at: number | null; asking: boolean } {
  const client = useQueryClient();
  const [state, setState] = useState<{ age: number | null; at: number | null; asking: boolean }>({
    age: null,
    at: null,
    asking: false,
  });
  useEffect(() => {
    const tell = () => {
      const { at, asking } = pageAge(client);
      const age = at === null ? null : Math.max(0, Math.floor((Date.now() - at) / 1000) * 1000);
      setState((last) => (last.age === age && last.at === at && last.asking === asking ? last : { age, at, asking }));
    };
    // Answers arrive inside a render of their own components, so the telling waits for the next task.
    let soon: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      clearTimeout(soon);
      soon = setTimeout(tell, 0);
    };
    later();
    const timer = setInterval(tell, 1000);
    const stop = client.getQueryCache().subscribe(later);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
      stop();
    };
  }, [client]);
  return state;
}
