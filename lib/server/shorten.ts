/** The longest name Kafka takes has 249 characters. */
const NAME_LENGTH = 300;
/**
 * A broker's own words may be a few sentences; the text beside a commit must be whole, or an undo would not put back what was, and
 * so must the name of a group, which may be longer than a topic's, or its undo would not be found again.
 */
const LONGER: ReadonlyMap<string, number> = new Map([
  ["detail", 2_000],
  ["group", 32_767],
  ["metadata", 32_767],
]);

/**
 * For JSON.stringify: cuts every text to NAME_LENGTH characters and an …, so that a name of megabytes, which nothing can have, is not
 * written back to whoever sent it, nor kept in the audit. Members named in LONGER may be that long.
 */
export function shorten(key: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const longest = LONGER.get(key) ?? NAME_LENGTH;
  return value.length > longest ? `${value.slice(0, longest)}…` : value;
}
