import { NullMark } from "@/components/ui/null-mark";
import type { Payload } from "@/lib/api/payloads";

/** Characters of a payload in a table row; nobody's screen is wider. */
const CELL_CHARS = 400;

/** A payload in one line. Absent: its batch could not be read. */
export function PayloadCell({ of: payload }: { of: Payload | null | undefined }) {
  if (payload === undefined) return <NullMark kind="absent" />;
  if (payload === null) return <NullMark kind="null" />;
  if (payload.size === 0) return <NullMark kind="empty" />;
  const start = payload.text.slice(0, CELL_CHARS);
  return (
    <span className="font-mono text-12">
      {payload.format === "hex" && <span className="text-muted">0x</span>}
      {payload.format === "hex" ? start : start.replace(/\s+/g, " ")}
    </span>
  );
}
