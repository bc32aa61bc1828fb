"use client";
import { useState } from "react";
import type { ConfigChanges, ConfigEntry } from "@/lib/api/configs";

/** A change that is not applied: the new value (null: back to the inherited one), and what stood at this level when it began. */
export type Draft = { value: string | null; before: string | null };
export type Drafts = Readonly<Record<string, Draft>>;

/** What stands at the level of the page; null: inherited. */
export const ownValue = (entry: ConfigEntry): string | null => (entry.changed ? entry.value : null);

/** A draft that changes nothing is none. */
const isNothing = (entry: ConfigEntry, value: string | null): boolean =>
  !entry.sensitive && (value === ownValue(entry) || (!entry.changed && value === entry.value));

const pick = (drafts: Drafts, part: keyof Draft): ConfigChanges =>
  Object.fromEntries(Object.entries(drafts).map(([name, draft]) => [name, draft[part]]));
export const changesOf = (drafts: Drafts): ConfigChanges => pick(drafts, "value");

/** Secrets have no `before`: what they were is not known here. */
export const beforeOf = (drafts: Drafts, entries: ReadonlyMap<string, ConfigEntry>): ConfigChanges =>
  Object.fromEntries(Object.entries(pick(drafts, "before")).filter(([name]) => entries.get(name)?.sensitive === false));

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
