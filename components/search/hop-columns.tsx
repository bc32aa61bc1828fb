import { Badge } from "@/components/ui/badge";
import { Name } from "@/components/ui/name";
import { Missing } from "@/components/ui/null-mark";
import { Int } from "@/components/ui/number";
import { PayloadCell } from "@/components/ui/payload-cell";
import type { Column } from "@/components/ui/table-model";
import { Time } from "@/components/ui/time";
import { timeParts, type Zone } from "@/lib/format";
import type { Hop } from "./hops";
import type { SearchUrl } from "./search-url";
import { afterWords } from "./search-words";

export const zoneLabel = (zone: Zone): string =>
  zone === "utc" ? "UTC" : (timeParts(Date.now(), zone)?.zone ?? "local");

/** The one day that all steps are of, in the reader's zone; null for several, or none. */
export function onlyDay(hops: readonly Hop[], zone: Zone): string | null {
  const days = new Set(
    hops.map(({ message: { timestamp } }) => (timestamp === null ? null : timeParts(Number(timestamp), zone)?.date)),
  );
  const [day] = days;
  return days.size === 1 && day ? day : null;
}

/** The columns of the way: when, how long after the step before, where, and what. */
export function hopColumns(hops: readonly Hop[], zone: Zone, search: SearchUrl): Column<Hop>[] {
  const day = onlyDay(hops, zone);
  const marks = search.match === "regex" ? [] : [search.q];
  const inKey = search.in === "" || search.in.includes("key");
  const inValue = search.in === "" || search.in.includes("value");
  const caseMatters = search.case === "1";
  return [
    {
      id: "time",
      header: `${day ?? "Time"}, ${zoneLabel(zone)}`,
      width: day ? 138 : 208 + 8 * zoneLabel(zone).length,
      cell: ({ message: { timestamp } }) => (
        <Time value={timestamp} bare={day !== null} why="This record carries no time" />
      ),
    },
    { id: "after", header: "After", align: "end", width: 104, drop: 3, cell: (hop) => <After hop={hop} /> },
    {
      id: "topic",
      header: "Topic",
      term: "topic",
      width: 250,
      main: true,
      cell: ({ message }) => <Name value={message.topic} />,
    },
    {
      id: "partition",
      header: "Part.",
      term: "partition",
      align: "end",
      width: 62,
      drop: 2,
      cell: ({ message }) => message.partition,
    },
    {
      id: "offset",
      header: "Offset",
      term: "offset",
      align: "end",
      width: hops.reduce((widest, { message }) => Math.max(widest, 24 + message.offset.length * 9), 90),
      drop: 1,
      cell: ({ message }) => <Int value={message.offset} plainZero />,
    },
    {
      id: "key",
      header: "Key",
      width: 170,
      drop: 4,
      cell: ({ message }) => <PayloadCell of={message.key} marks={inKey ? marks : []} caseMatters={caseMatters} />,
    },
    {
      id: "value",
      header: "Value",
      cell: ({ message }) => (
        <>
          {message.transaction !== null && message.transaction !== "committed" && (
            <Badge tone="warn">{message.transaction}</Badge>
          )}{" "}
          <PayloadCell of={message.value} marks={inValue ? marks : []} caseMatters={caseMatters} />
        </>
      ),
    },
  ];
}

/** How long after the step before it a record was written. */
function After({ hop: { after } }: { hop: Hop }) {
  if (after === null) return <Missing why="No step before it, or no time" />;
  return <span className={`tabular-nums ${after === 0n ? "text-muted" : ""}`}>{afterWords(after)}</span>;
}

/** A step in the two lines of a phone; `day`: the date is told elsewhere. */
export function HopPhoneRow({ hop, day }: { hop: Hop; day: boolean }) {
  const { message, after } = hop;
  return (
    <span className="flex flex-col">
      <span className="flex min-w-0 items-center gap-2 text-12 leading-[18px] tabular-nums">
        <Time value={message.timestamp} bare={day} why="This record carries no time" />
        {after !== null && <span className="whitespace-nowrap text-muted">{afterWords(after)}</span>}
        <span className="ms-auto min-w-0 font-medium text-ink">
          <Name value={message.topic} />
        </span>
      </span>
      <span className="truncate leading-5">
        <PayloadCell of={message.value} />
      </span>
    </span>
  );
}
