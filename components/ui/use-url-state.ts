"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** Typing replaces the entry in the history, navigating pushes one. */
export type UrlChange = "replace" | "push";

/**
 * Part of the state of a page, kept in its search parameters. `defaults` names the parameters and their values when left out;
 * flags are `""` and `"1"`. Setting writes the address at once, without asking the server. Parameters not named are kept.
 */
export function useUrlState<State extends Record<string, string>>(
  defaults: State,
): [State, (change: Partial<State>, how?: UrlChange) => void] {
  const search = useSearchParams();
  const path = usePathname();
  const state = Object.fromEntries(
    Object.entries(defaults).map(([name, standard]) => [name, search.get(name) ?? standard]),
  ) as State;
  const set = useCallback(
    (change: Partial<State>, how: UrlChange = "replace") => {
      // What the window says, not the last render: two changes in one event must not lose each other.
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(change)) {
        if (value === undefined || value === defaults[name]) next.delete(name);
        else next.set(name, value);
      }
      const address = next.size > 0 ? `${path}?${next}` : path;
      if (how === "push") window.history.pushState(null, "", address);
      else window.history.replaceState(null, "", address);
    },
    [path, defaults],
  );
  return [state, set];
}
