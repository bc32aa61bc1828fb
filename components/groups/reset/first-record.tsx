import { Missing } from "@/components/ui/null-mark";
import { Time } from "@/components/ui/time";
import { withoutTurns } from "@/components/ui/turning-signs";
import type { PlannedOffset } from "@/lib/api/group-offsets";
import { timeParts, type Zone } from "@/lib/format";

type First = PlannedOffset["first"];

/** The record at which a partition would be read on: its time and the beginning of its key. `bare`: the day stands in the header. */
export function FirstRecord({ first, zone, bare }: { first: First; zone: Zone; bare: boolean }) {
  if (first === null) return <Missing why="There is none, or it was not looked at" />;
  return (
    <span title={first.key ?? undefined}>
      {!bare && <span className="me-1.5 tabular-nums">{dayOf(first, zone)}</span>}
      <Time value={first.timestamp} bare why="The record carries no time" />
      {first.key !== null && <span className="ms-2.5 font-mono text-12 text-muted">{withoutTurns(first.key)}</span>}
    </span>
  );
}

const dayOf = (first: First, zone: Zone): string | null =>
  first?.timestamp ? (timeParts(Number(first.timestamp), zone)?.date ?? null) : null;

/** The one day on which all first records were written; null where they differ. */
export function dayOfAll(rows: readonly { first: First }[], zone: Zone): string | null {
  const days = new Set<string>();
  for (const { first } of rows) {
    const day = dayOf(first, zone);
    if (day !== null) days.add(day);
    if (days.size > 1) return null;
  }
  return [...days][0] ?? null;
}

/** Pixels for a time, a day before it where the days differ, and what is seen of a key; its header is not cut. */
export const firstWidth = (rows: readonly { first: First }[], oneDay: boolean, header: string): number =>
  Math.max((rows.some(({ first }) => first?.key) ? 206 : 130) + (oneDay ? 0 : 82), Math.ceil(header.length * 6.2) + 24);
