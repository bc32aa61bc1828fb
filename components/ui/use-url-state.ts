"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { stateOf } from "./url-state";

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

/**
 * Part of the state of a page, kept in its search parameters. `defaults` (a constant of the module) names the parameters and
 * their values when left out; flags are `""` and `"1"`. Setting writes the address at once, without asking the server.
 * Parameters not named are kept. For what lives no longer than its page: another path is another page.
 */
export function useUrlState<State extends Record<string, string>>(
  defaults: State,
): [State, (change: Partial<State>, how?: UrlChange) => void] {
  const pathNow = usePathname();
  // The router tells a page that is being left of the next path too.
  const [path] = useState(pathNow);
  const seen = useRef<string | null>(null);
  // Next tells of a new address in a transition, which is too late for a box that is being typed in: the window is asked.
  const routed = useSearchParams().toString();
  const search = useSyncExternalStore(
    subscribe,
    () => {
      // While the router goes from one page to the next, the window is at the next one when this one is drawn once more: it keeps
      // what it had, and does not ask for what the next means by the same names.
      const { pathname, search } = window.location;
      if (pathname === path) seen.current = search;
      return seen.current ?? routed;
    },
    () => routed,
  );
  const state = useMemo(() => stateOf(defaults, new URLSearchParams(search)), [search, defaults]);
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
