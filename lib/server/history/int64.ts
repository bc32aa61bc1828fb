import type { Int64 } from "../../api/scalars.ts";

/** The contract's spelling of a bigint. Not the contract's own function: that loads zod, which the thread needs for nothing else. */
export const int64Of = (value: bigint): Int64 => value.toString() as Int64;
