"use client";
import { useState } from "react";
import type { ConfigEntry } from "@/lib/api/configs";
import { type Drafts, isNothing, ownValue } from "./drafts";

/** The changes collected on a page. */
export function useDrafts() {
  const [drafts, setDrafts] = useState<Drafts>({});
  const without = (all: Drafts, name: string): Drafts =>
    Object.fromEntries(Object.entries(all).filter(([other]) => other !== name));
  const change = (entry: ConfigEntry, value: string | null) =>
    setDrafts((all) =>
      isNothing(entry, value)
        ? without(all, entry.name)
        : { ...all, [entry.name]: { value, before: all[entry.name]?.before ?? ownValue(entry) } },
    );
  return {
    drafts,
    change,
    drop: (name: string) => setDrafts((all) => without(all, name)),
    clear: () => setDrafts({}),
    /** Takes what stands there now as what the changes start from. */
    rebase: (entries: ReadonlyMap<string, ConfigEntry>) =>
      setDrafts((all) =>
        Object.fromEntries(
          Object.entries(all).flatMap(([name, { value }]) => {
            const entry = entries.get(name);
            return entry && !isNothing(entry, value) ? [[name, { value, before: ownValue(entry) }]] : [];
          }),
        ),
      ),
  };
}
