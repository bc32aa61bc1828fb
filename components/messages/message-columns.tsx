import { Bytes } from "@/components/ui/bytes";
import { Int } from "@/components/ui/number";
import { PayloadCell } from "@/components/ui/payload-cell";
import type { Column } from "@/components/ui/table-model";
import { Time } from "@/components/ui/time";
import type { Message } from "@/lib/api/messages";
import type { Zone } from "@/lib/format";
import { zoneLabel } from "@/lib/format";
import type { Marks } from "./marks";
import { PreviewCell, ValueCell } from "./message-cells";
import { parsePath } from "./preview-paths";
import type { TableFacts } from "./table-facts";

/** `partition:offset`, what a row is known by, here and in the address. */
export const placeOf = ({ partition, offset }: Message): string => `${partition}:${offset}`;

type Given = { facts: TableFacts; zone: Zone; marks: Marks };

/** The columns of the record table. The time leaves out the date where the header can name it for all rows. */
export function messageColumns({ facts, zone, marks }: Given): Column<Message>[] {
  const { day } = facts;
  return [
    {
      id: "time",
      name: "Time",
      header: `${day ?? "Time"}, ${zoneLabel(zone)}`,
      // With its date a time names its zone too, and is never cut.
      width: day ? 138 : 208 + 8 * zoneLabel(zone).length,
      cell: ({ timestamp }) => <Time value={timestamp} bare={day !== null} why="This record carries no time" />,
    },
    {
      id: "partition",
      name: "Partition",
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
      width: Math.max(90, 24 + facts.offsetDigits * 9),
      cell: ({ offset }) => <Int value={offset} plainZero />,
    },
    {
      id: "key",
      header: "Key",
      width: 170,
      drop: 4,
      cell: ({ key }) => <PayloadCell of={key} marks={marks.key} caseMatters={marks.caseMatters} />,
    },
    { id: "value", header: "Value", cell: (message) => <ValueCell of={message} marks={marks} /> },
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

const PREVIEW_WIDTH = 130;

/** The last step of a path is the name that matters; the column is as wide as a usual value. */
export function previewColumns(paths: readonly string[]): Column<Message>[] {
  return paths.flatMap((text) => {
    const path = parsePath(text);
    if (path === null) return [];
    return [
      {
        id: text,
        header: text.replace(/^\$|^value(?=[.[])/, "").replace(/^\./, "") || text,
        width: PREVIEW_WIDTH,
        cell: (message: Message) => <PreviewCell of={message} path={path} />,
      },
    ];
  });
}

/** The columns chosen, with the previews before the value they are taken from (at the end where it is not shown). */
export function withPreviews(shown: Column<Message>[], previews: Column<Message>[]): Column<Message>[] {
  if (previews.length === 0) return shown;
  const at = shown.findIndex(({ id }) => id === "value");
  if (at < 0) return [...shown, ...previews];
  const [value] = shown.slice(at, at + 1);
  return [
    ...shown.slice(0, at),
    ...previews,
    // The whole value gives way to what was taken out of it, last of all.
    ...(value ? [{ ...value, drop: 5 }] : []),
    ...shown.slice(at + 1),
  ];
}
