/** What a search of records looks for, by the API's own names, which are those in the addresses of pages. */
export const searchNames = ["q", "in", "match", "case", "not", "key", "value", "headers", "filter"] as const;

type Texts = Record<"q" | "key" | "value" | "headers" | "filter", string>;

/** Whether anything is looked for; without it every record is meant. */
export const isSearch = ({ q, key, value, headers, filter }: Texts): boolean =>
  [q, key, value, headers, filter].some((text) => text !== "");
