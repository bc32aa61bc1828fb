import type { ConfigFormat } from "@/lib/api/configs";
import { readable } from "@/lib/client/config-values";
import { NullMark } from "./null-mark";
import { Int } from "./number";

/** A config's value as people read it, the raw one muted beside it. Null is `not set`, and what is empty says so. */
export function TypedValue({
  format,
  value,
  sensitive = false,
  raw = true,
}: {
  format: ConfigFormat;
  value: string | null;
  sensitive?: boolean;
  /** False: the raw value is on hover only. */
  raw?: boolean;
}) {
  if (sensitive) return <span className="text-muted italic">sensitive</span>;
  if (value === null) return <span className="text-muted">not set</span>;
  if (value === "") return <NullMark kind="empty" />;
  const shown = readable(format, value);
  const isWord = format.words.some((known) => known.value === value);
  return (
    <span title={shown.raw === null ? value : `${shown.text}: ${value}`} className="tabular-nums">
      <span className={isWord ? "text-muted" : ""}>{shown.text}</span>
      {raw && shown.raw !== null && (
        <span className="ms-1.5 text-muted">{shown.raw.startsWith("max") ? shown.raw : <Int value={value} />}</span>
      )}
    </span>
  );
}
