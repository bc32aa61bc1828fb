/** The longest name Kafka takes has 249 characters. */
const NAME_LENGTH = 300;
/** A broker's own words may be a few sentences. */
const DETAIL_LENGTH = 2000;

/**
 * For JSON.stringify: cuts every text to NAME_LENGTH characters and an …, so that a name of megabytes, which nothing can have, is not
 * written back to whoever sent it, nor kept in the audit. A member `detail` may be DETAIL_LENGTH long.
 */
export function shorten(key: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const longest = key === "detail" ? DETAIL_LENGTH : NAME_LENGTH;
  return value.length > longest ? `${value.slice(0, longest)}…` : value;
}
