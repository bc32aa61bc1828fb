"use client";
import { useSyncExternalStore } from "react";
import type { Zone } from "../format.ts";
import { preferencesKey as key } from "./theme-script.ts";

/** What a reader chose for this browser. It changes how things look, never what they are, so it is not in the URL. */
export type Preferences = {
  theme: "system" | "light" | "dark";
  zone: Zone;
  density: "compact" | "normal" | "comfortable";
  /** Single-key shortcuts (WCAG 2.1.4: they can be switched off). */
  shortcuts: boolean;
  /** Dotted underlines below Kafka's terms. */
  terms: boolean;
  sidebar: "open" | "folded";
  /** Seconds between automatic refreshes. */
  refreshSeconds: number;
  refreshPaused: boolean;
  /** Columns shown by table, in order; a table that is not named shows its own choice. */
  columns: Record<string, string[]>;
  /** Width of an opened record in pixels. */
  recordWidth: number;
  /** How the payloads of a topic are read, by `cluster/topic`. */
  formats: Record<string, { keyFormat: string; valueFormat: string }>;
  /** Paths shown as columns beside the records of a topic, by `cluster/topic`. */
  previews: Record<string, string[]>;
};

const standard: Preferences = {
  theme: "system",
  zone: "utc",
  density: "normal",
  shortcuts: true,
  terms: true,
  sidebar: "open",
  refreshSeconds: 10,
  refreshPaused: false,
  columns: {},
  recordWidth: 480,
  formats: {},
  previews: {},
};

const listeners = new Set<() => void>();
let current: Preferences | null = null;

/** What is stored, over the standard values; a store that is blocked or damaged counts as empty. */
function read(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    return typeof stored === "object" && stored !== null ? { ...standard, ...stored } : standard;
  } catch {
    return standard;
  }
}

/** The preferences outside React. */
export function preferences(): Preferences {
  current ??= read();
  return current;
}

/** Changes some preferences, here and in every other tab. */
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...preferences(), ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Storage may be blocked; the choice then lasts as long as the tab.
  }
  applyPreferences();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const onStorage = (event: StorageEvent) => {
    if (event.key !== key) return;
    current = read();
    applyPreferences();
    listener();
  };
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", onStorage);
  };
}

/** The preferences in a component. On the server and in the first render of the browser they are the standard ones. */
export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferences, () => standard);

/** Writes what style sheets read onto <html>. `themeScript` does the same before the first paint. */
export function applyPreferences(): void {
  const { theme, density, terms } = preferences();
  const root = document.documentElement;
  const dark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "dark" : "light";
  root.dataset.density = density;
  root.dataset.terms = terms ? "underlined" : "plain";
}
