import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import type { Message } from "@/lib/api/messages";
import { bytes, exactBytes } from "@/lib/format";

export const timestampTypes = { create: "set by producer", append: "set by broker" } as const;

/** When, how large, how packed, and whether it counts: the line below the place of a record. */
export function RecordSummary({ of: record }: { of: Message }) {
  return (
    <p className="flex shrink-0 flex-wrap items-center gap-x-3.5 px-4 pt-2 pb-1 text-12 text-ink-2 tabular-nums">
      <span>
        <Time value={record.timestamp} why="This record carries no time" />{" "}
        {record.timestampType && <span className="text-muted">{timestampTypes[record.timestampType]}</span>}
      </span>
      <span title={`${exactBytes(record.size)}, uncompressed`}>{bytes(record.size)}</span>
      <span title="How its batch is compressed">
        {record.codec === "none" ? "not compressed" : (record.codec ?? "unknown codec")}
      </span>
      {record.control && <Badge>{record.control} marker</Badge>}
      {record.transaction === "committed" && <span className="text-muted">committed</span>}
      {record.transaction === "aborted" && <Badge tone="bad">aborted</Badge>}
      {record.transaction === "undecided" && <Badge tone="warn">undecided</Badge>}
    </p>
  );
}
