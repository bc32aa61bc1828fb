/** The metadata.version levels of Kafka's MetadataVersion, from level 1 on. */
const RELEASES = [
  "3.0-IV1",
  "3.1-IV0",
  "3.2-IV0",
  "3.3-IV0",
  "3.3-IV1",
  "3.3-IV2",
  "3.3-IV3",
  "3.4-IV0",
  "3.5-IV0",
  "3.5-IV1",
  "3.5-IV2",
  "3.6-IV0",
  "3.6-IV1",
  "3.6-IV2",
  "3.7-IV0",
  "3.7-IV1",
  "3.7-IV2",
  "3.7-IV3",
  "3.7-IV4",
  "3.8-IV0",
  "3.9-IV0",
  "4.0-IV0",
  "4.0-IV1",
  "4.0-IV2",
  "4.0-IV3",
  "4.1-IV0",
  "4.1-IV1",
  "4.2-IV0",
  "4.2-IV1",
  "4.3-IV0",
] as const;

/** Kafka's name of a metadata.version level, such as `4.3-IV0`; null for level 0 and for levels newer than this table. */
export const metadataVersionName = (level: number): string | null => RELEASES[level - 1] ?? null;

/** The release that brought a metadata.version level: `4.3`. A level above the table is `4.3+`; null for 0. */
export function releaseOf(level: number): string | null {
  if (level < 1) return null;
  const newest = RELEASES.at(-1) ?? "";
  return metadataVersionName(level)?.replace(/-IV\d+$/, "") ?? `${newest.replace(/-IV\d+$/, "")}+`;
}

/** Requests that a release brought, the newest first: for brokers that tell no metadata.version (ZooKeeper, before 3.0). */
const SIGNS: { api: number; version: number; release: string }[] = [
  { api: 1, version: 17, release: "3.9" },
  { api: 1, version: 16, release: "3.7 or 3.8" },
  { api: 1, version: 15, release: "3.5 or 3.6" },
  { api: 1, version: 13, release: "3.1 to 3.4" },
  { api: 65, version: 0, release: "3.0" },
  { api: 60, version: 0, release: "2.8" },
  { api: 50, version: 0, release: "2.7" },
  { api: 48, version: 0, release: "2.6" },
];

/** What ApiVersions says of one broker. */
export type BrokerVersions = {
  apis: { key: number; max: number }[];
  supported: { name: string; max: number }[];
};

/**
 * The release a broker runs. The newest metadata.version it supports says it (KRaft, Kafka 3.0); else the newest request it
 * understands. null when neither does.
 */
export function kafkaVersionOf({ apis, supported }: BrokerVersions): string | null {
  const metadataVersion = supported.find(({ name }) => name === "metadata.version");
  if (metadataVersion) return releaseOf(metadataVersion.max);
  const newest = SIGNS.find((sign) => apis.some(({ key, max }) => key === sign.api && max >= sign.version));
  return newest?.release ?? null;
}
