import { duration, integer, type Whole } from "@/lib/format";
import { Missing } from "./null-mark";

/** A span of milliseconds: `3 h 12 min`, the milliseconds on hover. Null is a dash with the reason. */
export function Duration({ value, why }: { value: Whole | null | undefined; why?: string }) {
  if (value === null || value === undefined) return <Missing why={why} />;
  return (
    <span className="whitespace-nowrap tabular-nums" title={`${integer(value)} ms`}>
      {duration(value)}
    </span>
  );
}
