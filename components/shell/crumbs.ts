import { decodeName } from "../../lib/api/url.ts";

/** Words for the segments of an address that are not names. */
const words: ReadonlyMap<string, string> = new Map([
  ["clusters", "Clusters"],
  ["brokers", "Brokers"],
  ["topics", "Topics"],
  ["messages", "Messages"],
  ["produce", "Produce"],
  ["copy", "Copy records"],
  ["search", "Follow a key"],
  ["groups", "Consumer groups"],
  ["lag", "Lag board"],
  ["alerts", "Alerts"],
  ["reset", "Reset offsets"],
  ["partitions", "Partitions"],
  ["consumers", "Consumers"],
  ["configs", "Configs"],
  ["acls", "ACLs"],
  ["records", "Purge records"],
  ["log-dirs", "Log dirs"],
  ["loggers", "Loggers"],
  ["doctor", "Connection doctor"],
  ["capabilities", "Capabilities"],
  ["help", "Help and terms"],
  ["api-docs", "API"],
  ["defaults", "Cluster-wide defaults"],
]);

/** The form that stands where the page of a thing called `new` would. */
const forms: ReadonlyMap<string, string> = new Map([
  ["topics", "Create topic"],
  ["groups", "Create at offsets"],
]);

export type Crumb = { label: string; href: string };

/** What the address is about: its cluster, the noun below it, and the way from the cluster to the page; the last one is the page. */
export type Place = { cluster: string | null; noun: string; crumbs: Crumb[] };

const nameOf = (segment: string): string => {
  try {
    return decodeName(decodeURIComponent(segment)) ?? segment;
  } catch {
    return segment;
  }
};

/** Reads a path. Names stand at the second and the fourth place: `/clusters/{cluster}/topics/{topic}/configs`. */
export function placeOf(path: string): Place {
  const segments = path.split("/").filter((segment) => segment !== "");
  const inCluster = segments[0] === "clusters" && segments.length > 1;
  const labelOf = (segment: string, at: number): string => {
    if (inCluster && at === 1) return nameOf(segment);
    if (!inCluster || at !== 3) return words.get(segment) ?? nameOf(segment);
    if (segment === "new" && segments.length === 4) return forms.get(segments[2] ?? "") ?? segment;
    return segments[2] === "brokers" && /^\d+$/.test(segment)
      ? `Broker ${segment}`
      : (segments[2] === "brokers" && words.get(segment)) || nameOf(segment);
  };
  const crumbs = segments.map((segment, at) => ({
    label: labelOf(segment, at),
    href: `/${segments.slice(0, at + 1).join("/")}`,
  }));
  return {
    cluster: inCluster ? nameOf(segments[1] ?? "") : null,
    noun: inCluster ? (segments[2] ?? "") : (segments[0] ?? ""),
    // Below a cluster's own page the list of clusters is one step too far; the switcher leads there.
    crumbs: inCluster && segments.length > 2 ? crumbs.slice(1) : crumbs,
  };
}

/** The group whose page it is; null elsewhere. */
export function groupOf({ cluster, noun, crumbs }: Place): string | null {
  const group = crumbs[2];
  const isForm = crumbs.length === 3 && group?.href.endsWith("/groups/new");
  return cluster === null || noun !== "groups" || group === undefined || isForm ? null : group.label;
}

/** The topic whose page it is; null elsewhere. */
export function topicOf({ cluster, noun, crumbs }: Place): string | null {
  // The way to a topic is its cluster, the list, and itself. The form that creates one stands where a topic would.
  const topic = crumbs[2];
  const isForm = crumbs.length === 3 && topic?.href.endsWith("/topics/new");
  return cluster === null || noun !== "topics" || topic === undefined || isForm ? null : topic.label;
}
