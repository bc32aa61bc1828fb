"use client";
import { Field, Input } from "@/components/ui/input";
import { isMisread, readTime } from "@/lib/api/range";
import { usePreferences } from "@/lib/client/preferences";
import { chartNumber, timeParts, type Zone, zoneLabel } from "@/lib/format";

/** A place that is a time, as the browser's own date and time box takes it; empty for any other place. */
function wallOf(place: string, zone: Zone): string {
  if (!place.startsWith("time:")) return "";
  const epoch = readTime(place.slice("time:".length), Date.now());
  const parts = isMisread(Object(epoch)) ? null : timeParts(chartNumber(epoch as bigint), zone);
  return parts === null ? "" : `${parts.date}T${parts.time.slice(0, 8)}`;
}

type Props = { found: { from: string; until: string } | null; onTyped: (typed: string) => void };

/** Two dates with times in the zone that is shown. They write what could be typed into the box as well. */
export function TimeFields({ found, onTyped }: Props) {
  const { zone } = usePreferences();
  const begin = wallOf(found?.from ?? "", zone);
  const end = wallOf(found?.until ?? "", zone);
  const write = (from: string, until: string) =>
    onTyped(`${from === "" ? "oldest" : `@${from}`}${until === "" ? "" : `:@${until}`}`);
  const box = { type: "datetime-local", step: 1, className: "w-full" } as const;
  return (
    <div className="grid grid-cols-2 gap-2 max-md:grid-cols-1">
      <Field label={`From, ${zoneLabel(zone)}`}>
        {(control) => <Input {...control} {...box} value={begin} onChange={(value) => write(value, end)} />}
      </Field>
      <Field label={`Until, ${zoneLabel(zone)}`}>
        {(control) => <Input {...control} {...box} value={end} onChange={(value) => write(begin, value)} />}
      </Field>
    </div>
  );
}
