import type { MatchKind, MessagesQuery, SearchPart } from "../../lib/api/message-queries.ts";
import { searchParts } from "../../lib/api/message-queries.ts";
import { isOn } from "../../lib/api/scalars.ts";
import { isSearch, searchNames } from "../../lib/client/search-names.ts";

/** Hits after which a search stops unless the address says otherwise. */
export const USUAL_HITS = "200";

/**
 * What the address of the page says, by the API's own names; `at` is the record that is opened (`partition:offset`) and `preview` the
 * paths shown as columns, with commas between them.
 */
export const messageUrl = {
  from: "newest",
  until: "",
  direction: "",
  partition: "",
  isolation: "read_committed",
  control: "",
  limit: USUAL_HITS,
  scan: "",
  q: "",
  in: "",
  match: "contains",
  case: "",
  not: "",
  key: "",
  value: "",
  headers: "",
  filter: "",
  keyFormat: "",
  valueFormat: "",
  follow: "",
  preview: "",
  at: "",
};
export type MessageUrl = typeof messageUrl;

/** Numbers and places as the page shows them; what an address has in their place that is none counts as not given. */
const shapes = { limit: /^\d{1,6}$/, scan: /^\d{1,15}$/, at: /^\d{1,9}:\d{1,19}$/ } as const;

/**
 * The address without what the page cannot show: it has one box, so a filter stands alone. The rest is judged by the API, which says
 * what is wrong with it.
 */
export function sound(url: MessageUrl): MessageUrl {
  const kept = (name: keyof typeof shapes) => (shapes[name].test(url[name]) ? url[name] : messageUrl[name]);
  const search = url.filter === "" ? {} : { ...noSearch, filter: url.filter };
  return { ...url, ...search, limit: kept("limit"), scan: kept("scan"), at: kept("at") };
}

/** What a search looks for: the part of the address that the search row writes. */
export type SearchUrl = Pick<MessageUrl, (typeof searchNames)[number]>;

export const searchOf = (url: MessageUrl): SearchUrl =>
  Object.fromEntries(searchNames.map((name) => [name, url[name]])) as SearchUrl;

/** Nothing is looked for. */
export const noSearch: SearchUrl = searchOf(messageUrl);

export const sameSearch = (a: SearchUrl, b: SearchUrl): boolean => searchNames.every((name) => a[name] === b[name]);

/** The parts of a record in which the text is looked for; none named: all of them. */
export const partsOf = (search: Pick<SearchUrl, "in">): SearchPart[] => {
  const named = search.in.split(",");
  const known = searchParts.filter((part) => named.includes(part));
  return known.length > 0 ? known : [...searchParts];
};

export const isFollowing = ({ follow }: MessageUrl): boolean => isFlag(follow);

/** What the page shows: pages of all records, the hits of a search, or what comes in. */
export const kindOf = (url: MessageUrl): "page" | "search" | "live" =>
  isFollowing(url) ? "live" : isSearch(url) ? "search" : "page";

const flags = ["true", "false", "1", "0"] as const;
const isFlag = (text: string): boolean => isOn(flags.find((each) => each === text));

/** The part of the question that says where and how reading goes, without what is looked for. */
function reading(url: MessageUrl): MessagesQuery {
  const isFollow = isFollowing(url);
  return {
    // A live tail begins now unless a place is given; "newest" is no place.
    ...(url.from === "newest" ? {} : { from: url.from }),
    ...(url.until && !isFollow ? { until: url.until } : {}),
    ...((url.direction === "older" || url.direction === "newer") && !isFollow ? { direction: url.direction } : {}),
    ...(url.partition ? { partition: url.partition } : {}),
    ...(url.isolation === "read_uncommitted" ? { isolation: url.isolation } : {}),
    ...(isFlag(url.control) ? { control: "1" } : {}),
    ...(url.keyFormat ? { keyFormat: url.keyFormat } : {}),
    ...(url.valueFormat ? { valueFormat: url.valueFormat } : {}),
    ...(isFollow ? { follow: "1" } : {}),
  };
}

/** What is looked for, as the API takes it. */
function looking({ q, match, key, value, headers, filter, ...rest }: SearchUrl): MessagesQuery {
  const hasText = [q, key, value, headers].some((text) => text !== "");
  return {
    ...(q ? { q, ...(partsOf(rest).length < searchParts.length ? { in: partsOf(rest).join(",") } : {}) } : {}),
    ...(q && isFlag(rest.not) ? { not: "1" } : {}),
    ...(hasText && match !== "contains" ? { match: match as MatchKind } : {}),
    ...(hasText && isFlag(rest.case) ? { case: "1" } : {}),
    ...(key ? { key } : {}),
    ...(value ? { value } : {}),
    ...(headers ? { headers } : {}),
    ...(filter ? { filter } : {}),
  };
}

/** The question of a page of records: how many it holds is the API's own choice. */
export const pageQuery = (url: MessageUrl): MessagesQuery => reading(url);

/** The question of a search or a live tail. The API is told the limit always: its own is that of a page. */
export const streamQuery = (url: MessageUrl): MessagesQuery => ({
  ...reading(url),
  ...looking(url),
  ...(isFollowing(url) ? {} : { limit: url.limit, ...(url.scan ? { scan: url.scan } : {}) }),
});

/** The question of an export of every match: the limits of the view do not hold for a file. */
export const everyMatch = (url: MessageUrl): Omit<MessagesQuery, "follow" | "cursor"> => {
  const { follow: _follow, ...rest } = reading({ ...url, follow: "" });
  return { ...rest, ...looking(url) };
};

/** How a text beyond the main one is said in the address: `!` before it means that it must not be found. */
export const conditionOf = (text: string): { not: boolean; text: string } =>
  text.startsWith("!!")
    ? { not: false, text: text.slice(1) }
    : text.startsWith("!")
      ? { not: true, text: text.slice(1) }
      : { not: false, text };
export const writeCondition = ({ not, text }: { not: boolean; text: string }): string =>
  text === "" ? "" : not ? `!${text}` : text.startsWith("!") ? `!${text}` : text;
