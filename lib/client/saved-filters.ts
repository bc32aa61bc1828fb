"use client";
import { useSyncExternalStore } from "react";

/** A search kept under a name in this browser, for one topic or (null) for every topic of the cluster. `search`: parameters of the address. */
export type SavedFilter = { name: string; cluster: string; topic: string | null; search: Record<string, string> };

const key = "kafdeck.filters";
/** The one saved longest ago is forgotten first. */
const MOST_SAVED = 200;

const none: readonly SavedFilter[] = [];
const listeners = new Set<() => void>();
let known: { text: string; filters: readonly SavedFilter[] } = { text: "", filters: none };

const isText = (value: unknown): value is string => typeof value === "string";
const isSaved = (value: unknown): value is SavedFilter =>
  typeof value === "object" &&
  value !== null &&
  "name" in value &&
  isText(value.name) &&
  "cluster" in value &&
  isText(value.cluster) &&
  "topic" in value &&
  (value.topic === null || isText(value.topic)) &&
  "search" in value &&
  typeof value.search === "object" &&
  value.search !== null &&
  Object.values(value.search).every(isText);

/** What is stored under the key, as filters; what is damaged counts as none. */
export function readSaved(text: string): readonly SavedFilter[] {
  try {
    const stored: unknown = JSON.parse(text);
    return Array.isArray(stored) ? stored.filter(isSaved) : none;
  } catch {
    return none;
  }
}

const isSame = (a: SavedFilter, b: SavedFilter) => a.name === b.name && a.cluster === b.cluster && a.topic === b.topic;

/** The filters with one more, in place of one of the same name and reach. */
export const withSaved = (filters: readonly SavedFilter[], filter: SavedFilter): SavedFilter[] =>
  [...filters.filter((each) => !isSame(each, filter)), filter].slice(-MOST_SAVED);

function current(): readonly SavedFilter[] {
  let text = "";
  try {
    text = localStorage.getItem(key) ?? "";
  } catch {
    // Storage may be blocked; nothing is saved then.
  }
  if (text !== known.text) known = { text, filters: readSaved(text) };
  return known.filters;
}

function write(filters: readonly SavedFilter[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(filters));
  } catch {
    // Storage is blocked or full; the list stays as it was.
  }
  for (const listener of listeners) listener();
}

export const saveFilter = (filter: SavedFilter): void => write(withSaved(current(), filter));
export const removeFilter = (filter: SavedFilter): void => write(current().filter((each) => !isSame(each, filter)));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** Every filter saved in this browser, followed over its tabs. */
export const useSavedFilters = (): readonly SavedFilter[] => useSyncExternalStore(subscribe, current, () => none);
