import { z } from "zod";

/** An int64 as decimal digits: JavaScript numbers lose what is above 2^53, so offsets and sizes never become one. */
export const int64 = z
  .string()
  .regex(/^-?\d{1,19}$/, "must be a whole number of at most 19 digits, as a text.")
  .brand<"int64">();
export type Int64 = z.infer<typeof int64>;

/** The contract's spelling of a bigint. */
export const toInt64 = (value: bigint): Int64 => value.toString() as Int64;

/** A flag in a query string: `true` or `1` is on; anything else that is given is refused. Nothing given is off. */
export const flag = z.enum(["true", "false", "1", "0"]).optional();
export const isOn = (value: z.infer<typeof flag>): boolean => value === "true" || value === "1";

/** ISO 8601 in UTC, as `Date.prototype.toISOString` writes it. */
export const instant = z.string();
