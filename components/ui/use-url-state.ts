"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo, useSyncExternalStore } from "react";

/** Typing replaces the entry in the history, navigating pushes one. */
export type UrlChange = "replace" | "push";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

const searchNow = () => window.location.search;

/**
 * Part of the state of a page, kept in its search parameters. `defaults` (a constant of the module) names the parameters and
 * their values when left out; flags are `""` and `"1"`. Setting writes the address at once, without asking the server.
 * Parameters not named are kept.
 */
export function useUrlState<State extends Record<string, string>>(
  defaults: State,
): [State, (change: Partial<State>, how?: UrlChange) => void] {
  const path = usePathname();
  // Next tells of a new address in a transition, which is too late for a box that is being typed in: the window is asked.
  const onServer = useSearchParams().toString();
  const search = useSyncExternalStore(subscribe, searchNow, () => onServer);
  const state = useMemo(() => {
    const given = new URLSearchParams(search);
    return Object.fromEntries(
      Object.entries(defaults).map(([name, standard]) => [name, given.get(name) ?? standard]),
    ) as State;
  }, [search, defaults]);
  const set = useCallback(
    (change: Partial<State>, how: UrlChange = "replace") => {
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(change)) {
        if (value === undefined || value === defaults[name]) next.delete(name);
        else next.set(name, value);
      }
      const address = next.size > 0 ? `${path}?${next}` : path;
      if (how === "push") window.history.pushState(null, "", address);
      else window.history.replaceState(null, "", address);
      for (const listener of listeners) listener();
    },
    [path, defaults],
  );
  return [state, set];
}
