/** The log of a partition as it is: null where it cannot be known. */
export type LogRange = { start: bigint; end: bigint };

/** What the log start offset would become: the end (`all`), an offset, or the first record at or after a time (null: none is). */
export type Cut = { to: "end" } | { to: "offset"; offset: bigint } | { to: "time"; found: bigint | null };

export type PlannedCut =
  | { kind: "planned"; after: bigint; records: bigint }
  /** Kafka answers OFFSET_OUT_OF_RANGE to an offset above the high watermark. */
  | { kind: "above-end" };

/**
 * Where the log of a partition would start after DeleteRecords. An offset below the log start changes nothing. A time that no
 * record has reached empties the partition: every record is older.
 */
export function planCut({ start, end }: LogRange, cut: Cut): PlannedCut {
  const wanted = cut.to === "end" ? end : cut.to === "offset" ? cut.offset : (cut.found ?? end);
  if (wanted > end) return { kind: "above-end" };
  const after = wanted > start ? wanted : start;
  return { kind: "planned", after, records: after - start };
}
