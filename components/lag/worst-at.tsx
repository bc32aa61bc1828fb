"use client";
import { Missing } from "@/components/ui/null-mark";
import { usePreferences } from "@/lib/client/preferences";
import { age, dateTime } from "@/lib/format";

export const noSample = "No sample in this time";

/** When a group was worst, to the minute; the zone stands once above the charts. */
export function WorstAt({ at }: { at: string | null }) {
  const { zone } = usePreferences();
  if (at === null) return <Missing why={noSample} />;
  const epoch = Date.parse(at);
  return (
    <time dateTime={at} title={`${dateTime(epoch, zone, false)}\n${age(Date.now() - epoch)}`} className="tabular-nums">
      {dateTime(epoch, zone, false).slice(0, 16)}
    </time>
  );
}
