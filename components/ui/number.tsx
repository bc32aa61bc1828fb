import { digitGroups, integer, type Whole } from "@/lib/format";
import { Missing } from "./null-mark";

/**
 * A whole number in groups of three. The gaps are margins, so it is copied and found as digits. `about` puts a ~ before it
 * (an offset span is no record count where records were compacted); zero is muted; null is a dash with the reason.
 */
export function Int({
  value,
  about = false,
  why,
  plainZero = false,
}: {
  value: Whole | null | undefined;
  about?: boolean;
  why?: string;
  plainZero?: boolean;
}) {
  if (value === null || value === undefined) return <Missing why={why} />;
  const groups = digitGroups(value);
  const zero = groups.length === 1 && groups[0] === "0";
  return (
    <span
      className={`digits ${zero && !plainZero ? "text-muted" : ""}`}
      title={about ? `About ${integer(value)}. ${why ?? ""}`.trim() : undefined}
    >
      {about && <i className="text-muted not-italic">~</i>}
      {groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
        <span key={at}>{group}</span>
      ))}
    </span>
  );
}
