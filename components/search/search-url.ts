import { compileFilter } from "../../lib/api/filter.ts";
import { TOPICS_MOST } from "../../lib/api/message-queries.ts";
import { isOn } from "../../lib/api/scalars.ts";
import type { StreamAsk } from "../../lib/client/stream-totals.ts";

/**
 * What the address of the page says, by the API's own names. `topics`: those to search, with commas; empty: every one whose name fits
 * `names`, internal ones with `internal`. `only`: the topic whose hits are shown.
 */
export const searchUrl = {
  q: "",
  in: "key",
  match: "exact",
  case: "1",
  topics: "",
  names: "",
  internal: "",
  from: "time:-24h",
  until: "",
  isolation: "read_committed",
  limit: "500",
  only: "",
};
export type SearchUrl = typeof searchUrl;

/** Where the text is looked for, in the words of the page. The API's `in` and `match` stand in the address. */
export const places = [
  { id: "key-is", label: "Key is", in: "key", match: "exact" },
  { id: "key", label: "Key holds", in: "key", match: "contains" },
  { id: "value", label: "Value holds", in: "value", match: "contains" },
  { id: "headers", label: "A header holds", in: "header-names,header-values", match: "contains" },
  { id: "all", label: "Anywhere", in: "", match: "contains" },
] as const;
export type PlaceId = (typeof places)[number]["id"];

/** The choice an address stands for. A regular expression looks through the same parts. */
export function placeOf({ in: parts, match }: Pick<SearchUrl, "in" | "match">): PlaceId {
  const fitting = places.filter((place) => place.in === parts);
  return (fitting.find((place) => place.match === match) ?? fitting.at(-1) ?? places[4]).id;
}

export const isPattern = ({ match }: Pick<SearchUrl, "match">): boolean => match === "regex";

type Named = { name: string; internal: boolean };

/** The topics an address means, of those there are; topics named one by one are taken as they are. */
export function topicsOf(
  { topics, names, internal }: Pick<SearchUrl, "topics" | "names" | "internal">,
  all: readonly Named[],
): string[] {
  if (topics !== "") return [...new Set(topics.split(",").filter((name) => name !== ""))];
  const { matches } = compileFilter(names);
  return all.filter((topic) => (internal === "1" || !topic.internal) && matches(topic.name)).map(({ name }) => name);
}

const flagOf = (text: string) => isOn((["true", "false", "1", "0"] as const).find((each) => each === text));

/** The search an address asks for; null where there is nothing to look for, or nowhere, or in too many topics at once. */
export function askOf(cluster: string, url: SearchUrl, topics: readonly string[]): StreamAsk | null {
  if (url.q === "" || topics.length === 0 || topics.length > TOPICS_MOST) return null;
  return {
    cluster,
    topics,
    query: {
      q: url.q,
      ...(url.in === "" ? {} : { in: url.in }),
      match: isPattern(url) ? "regex" : url.match === "contains" ? "contains" : "exact",
      ...(flagOf(url.case) ? { case: "1" } : {}),
      from: url.from,
      // Oldest first, whatever the range begins with: a key is followed forwards.
      direction: "newer",
      ...(url.until === "" ? {} : { until: url.until }),
      ...(url.isolation === "read_uncommitted" ? { isolation: "read_uncommitted" } : {}),
      limit: url.limit,
    },
  };
}
