"use client";
import { useEffect, useState } from "react";
import { usePreferences } from "@/lib/client/preferences";
import { age, dateTime, integer, timeParts } from "@/lib/format";
import { Missing } from "./null-mark";

const epochOf = (value: number | string): number =>
  typeof value === "number" ? value : /^-?\d+$/.test(value) ? Number(value) : Date.parse(value);

/**
 * A time in the reader's zone, with the zone. `value`: epoch milliseconds (a number or digits) or ISO 8601. `bare` leaves date and
 * zone out, for a column whose header names the zone. On hover: ISO, the milliseconds and how long ago.
 */
export function Time({
  value,
  bare = false,
  seconds = false,
  why,
}: {
  value: number | string | null | undefined;
  bare?: boolean;
  seconds?: boolean;
  why?: string;
}) {
  const { zone } = usePreferences();
  if (value === null || value === undefined) return <Missing why={why} />;
  const epoch = epochOf(value);
  const parts = timeParts(epoch, zone);
  if (parts === null)
    return <span title="Outside every calendar; milliseconds since 1970">{dateTime(epoch, zone)}</span>;
  const iso = new Date(epoch).toISOString();
  const time = seconds ? parts.time.slice(0, 8) : parts.time;
  return (
    <time
      suppressHydrationWarning
      dateTime={iso}
      title={`${iso}\n${integer(epoch)} ms\n${age(Date.now() - epoch)}`}
      className="whitespace-nowrap tabular-nums"
    >
      {bare ? time : `${parts.date} ${time} ${parts.zone}`}
    </time>
  );
}

/** How long ago, with the time itself on hover. `value` as in `<Time>`. Counts on by itself. */
export function Age({ value, why }: { value: number | string | null | undefined; why?: string }) {
  const { zone } = usePreferences();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  if (value === null || value === undefined) return <Missing why={why} />;
  const epoch = epochOf(value);
  return (
    <span suppressHydrationWarning className="whitespace-nowrap tabular-nums" title={dateTime(epoch, zone)}>
      {age(now - epoch)}
    </span>
  );
}
