import type { ConfigChanges, ConfigEntry } from "@/lib/api/configs";

/** A change that is not applied: the new value (null: back to the inherited one), and what stood at this level when it began. */
export type Draft = { value: string | null; before: string | null };
export type Drafts = Readonly<Record<string, Draft>>;

/** What stands at the level of the page; null: inherited. */
export const ownValue = (entry: ConfigEntry): string | null => (entry.changed ? entry.value : null);

/** A draft that changes nothing is none. */
export const isNothing = (entry: ConfigEntry, value: string | null): boolean =>
  !entry.sensitive && (value === ownValue(entry) || (!entry.changed && value === entry.value));

const pick = (drafts: Drafts, part: keyof Draft): ConfigChanges =>
  Object.fromEntries(Object.entries(drafts).map(([name, draft]) => [name, draft[part]]));
/** What is to be set or reset. */
export const changesOf = (drafts: Drafts): ConfigChanges => pick(drafts, "value");

/** Secrets have no `before`: what they were is not known here. */
export const beforeOf = (drafts: Drafts, entries: ReadonlyMap<string, ConfigEntry>): ConfigChanges =>
  Object.fromEntries(Object.entries(pick(drafts, "before")).filter(([name]) => entries.get(name)?.sensitive === false));
