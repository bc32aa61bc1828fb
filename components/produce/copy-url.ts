import type { CopyBody } from "../../lib/api/produce.ts";
import type { Int64 } from "../../lib/api/scalars.ts";
import { searchNames } from "../../lib/client/search-names.ts";

/**
 * The address of the page that copies. `from` is either places of records (`4:120`, with commas between them) or, like the other names
 * of the API, where a search begins: a link is made by handing on the address of the messages page.
 */
export const copyUrl = {
  from: "",
  until: "",
  partition: "",
  isolation: "",
  scan: "",
  q: "",
  in: "",
  match: "",
  case: "",
  not: "",
  key: "",
  value: "",
  headers: "",
  filter: "",
  keyFormat: "",
  valueFormat: "",
  toCluster: "",
  toTopic: "",
  partitions: "key",
  timestamps: "keep",
  codec: "none",
};
export type CopyUrl = typeof copyUrl;

/** The part that says which records. */
const asked = ["until", "partition", "isolation", "scan", ...searchNames, "keyFormat", "valueFormat"] as const;

type Place = { topic: string; partition: number; offset: Int64 };

/** The records an address names one by one; null: it means a search. */
export function placesOf(topic: string, { from }: Pick<CopyUrl, "from">): Place[] | null {
  if (!/^\d{1,9}:\d{1,19}(,\d{1,9}:\d{1,19})*$/.test(from)) return null;
  return [...new Set(from.split(","))].map((place) => {
    const [partition = "", offset = ""] = place.split(":");
    return { topic, partition: Number(partition), offset: offset as Int64 };
  });
}

/** What the address asks the API to copy; the messages page's own "newest" means all there is, as the API reads it. */
export function sourceOf(cluster: string, topic: string, url: CopyUrl): CopyBody["from"] {
  const records = placesOf(topic, url);
  if (records !== null) return { cluster, records };
  const given = asked.filter((name) => url[name] !== "").map((name) => [name, url[name]]);
  return {
    cluster,
    query: {
      topics: topic,
      // Copied in the order in which they were written, wherever the search began.
      from: url.from === "" || url.from === "newest" ? "oldest" : url.from,
      direction: "newer",
      ...Object.fromEntries(given),
    },
  };
}

/** The request; null while no target is chosen. */
export function bodyOf(cluster: string, topic: string, url: CopyUrl): CopyBody | null {
  if (url.toTopic === "") return null;
  const { codec } = url;
  return {
    from: sourceOf(cluster, topic, url),
    partitions: url.partitions === "same" ? "same" : "key",
    timestamps: url.timestamps === "now" ? "now" : "keep",
    ...(codec === "gzip" || codec === "snappy" || codec === "lz4" || codec === "zstd" ? { codec } : {}),
  };
}

const labels: Partial<Record<(typeof asked)[number], string>> = {
  until: "Until",
  partition: "Partitions",
  isolation: "Isolation",
  scan: "Scan at most",
  q: "Text",
  in: "Looked for in",
  match: "Match",
  key: "Key holds",
  value: "Value holds",
  headers: "A header holds",
  filter: "CEL",
};

/** What is copied, name by name, as a list to be read. */
export const sourceFacts = (url: CopyUrl): { label: string; value: string }[] => [
  { label: "From", value: url.from === "" || url.from === "newest" ? "oldest" : url.from },
  ...asked.flatMap((name) => {
    const label = labels[name];
    return label === undefined || url[name] === ""
      ? []
      : [{ label, value: name === "q" && url.not !== "" ? `not ${url.q}` : url[name] }];
  }),
];
