"use client";
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from "react";

/** The moment (epoch ms) the pointer is at, in whichever chart of the page. */
type Store = {
  get: () => number | null;
  set: (at: number | null) => void;
  subscribe: (listener: () => void) => () => void;
};

function makeStore(): Store {
  let now: number | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => now,
    set: (at) => {
      if (at === now) return;
      now = at;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const CrosshairContext = createContext<Store>(makeStore());

/** The charts inside show one crosshair: where the pointer is in one, the same moment is marked in all. */
export function ChartsTogether({ children }: { children: ReactNode }) {
  const [store] = useState(makeStore);
  return <CrosshairContext.Provider value={store}>{children}</CrosshairContext.Provider>;
}

/** The moment that is pointed at, or null, and how a chart tells it. Only what reads it is drawn again when the pointer moves. */
export function useCrosshair(): [number | null, Store["set"]] {
  const store = useContext(CrosshairContext);
  return [useSyncExternalStore(store.subscribe, store.get, () => null), store.set];
}

/** How a chart tells what it is pointed at, without being drawn again. */
export const useSetCrosshair = (): Store["set"] => useContext(CrosshairContext).set;
