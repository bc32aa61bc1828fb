import { bytes, exactBytes, type Whole } from "@/lib/format";
import { Missing } from "./null-mark";

/** A size: `1.2 GiB`, the exact bytes on hover. Null is a dash with the reason; `stale` (a sentence) sets it in italics. */
export function Bytes({ value, why, stale }: { value: Whole | null | undefined; why?: string; stale?: string }) {
  if (value === null || value === undefined) return <Missing why={why} />;
  const zero = String(value) === "0";
  return (
    <span
      className={`whitespace-nowrap tabular-nums ${stale ? "text-muted italic" : zero ? "text-muted" : ""}`}
      title={stale ? `${exactBytes(value)}. ${stale}` : exactBytes(value)}
    >
      {bytes(value)}
    </span>
  );
}
