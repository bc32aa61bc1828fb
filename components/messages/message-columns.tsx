import { TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Bytes } from "@/components/ui/bytes";
import { Icon } from "@/components/ui/icon";
import { Int } from "@/components/ui/number";
import type { Column } from "@/components/ui/table-model";
import { Time } from "@/components/ui/time";
import type { Message } from "@/lib/api/messages";
import { timeParts, type Zone } from "@/lib/format";
import { PayloadCell } from "./payload-cell";

/** `partition:offset`, what a row is known by, here and in the address. */
export const placeOf = ({ partition, offset }: Message): string => `${partition}:${offset}`;

/** The one day that all rows are of, in the reader's zone; null for several, or none. */
export function onlyDay(messages: readonly Message[], zone: Zone): string | null {
  const days = new Set(
    messages.map(({ timestamp }) => (timestamp === null ? null : timeParts(Number(timestamp), zone)?.date)),
  );
  const [day] = days;
  return days.size === 1 && day ? day : null;
}

export const zoneLabel = (zone: Zone) => (zone === "utc" ? "UTC" : (timeParts(Date.now(), zone)?.zone ?? "local"));

/** The columns of the record table. The time leaves out the date where the header can name it for all rows. */
export function messageColumns(messages: readonly Message[], zone: Zone): Column<Message>[] {
  const day = onlyDay(messages, zone);
  return [
    {
      id: "time",
      header: `${day ?? "Time"}, ${zoneLabel(zone)}`,
      // With its date a time names its zone too, and is never cut.
      width: day ? 138 : 208 + 8 * zoneLabel(zone).length,
      cell: ({ timestamp }) => <Time value={timestamp} bare={day !== null} why="This record carries no time" />,
    },
    {
      id: "partition",
      header: "Part.",
      term: "partition",
      align: "end",
      width: 62,
      cell: ({ partition }) => partition,
    },
    {
      id: "offset",
      header: "Offset",
      term: "offset",
      align: "end",
      width: Math.max(90, ...messages.map(({ offset }) => 24 + offset.length * 9)),
      cell: ({ offset }) => <Int value={offset} plainZero />,
    },
    { id: "key", header: "Key", width: 170, drop: 4, cell: ({ key }) => <PayloadCell of={key} /> },
    { id: "value", header: "Value", cell: (message) => <ValueCell of={message} /> },
    {
      id: "headers",
      header: "Headers",
      align: "end",
      width: 76,
      drop: 2,
      cell: ({ headers }) => <Int value={headers.length} />,
    },
    { id: "size", header: "Size", align: "end", width: 84, drop: 3, cell: ({ size }) => <Bytes value={size} /> },
    {
      id: "codec",
      header: "Codec",
      width: 74,
      drop: 1,
      cell: ({ codec }) => <span className={codec === "none" ? "text-muted" : ""}>{codec ?? "unknown"}</span>,
    },
  ];
}

/** A value in its row; a marker or an unreadable batch says so in its place. */
function ValueCell({ of: message }: { of: Message }) {
  if (message.problem) {
    return (
      <span className="inline-flex items-center gap-1.5" title={message.problem.detail}>
        <Icon of={TriangleAlert} className="text-warn" />
        Offsets <Int value={message.offset} plainZero /> to <Int value={message.batch.lastOffset} plainZero /> cannot be
        read: {message.problem.detail}
      </span>
    );
  }
  if (message.control) return <Badge>{message.control} marker</Badge>;
  return <PayloadCell of={message.value} />;
}

/** A record in the two lines of a phone; `day`: the date is told elsewhere. */
export function MessagePhoneRow({ of: message, day }: { of: Message; day: boolean }) {
  return (
    <span className="flex flex-col">
      <span className="flex min-w-0 items-center gap-2.5 text-12 leading-[18px] tabular-nums">
        <Time value={message.timestamp} bare={day} why="This record carries no time" />
        <span className="text-muted">p{message.partition}</span>
        <span className="text-muted">
          <Int value={message.offset} plainZero />
        </span>
        <span className="ms-auto min-w-0 truncate">
          <PayloadCell of={message.key} />
        </span>
      </span>
      <span className="truncate leading-5">
        <ValueCell of={message} />
      </span>
    </span>
  );
}
