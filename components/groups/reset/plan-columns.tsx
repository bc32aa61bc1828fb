import { ArrowDownToLine, ArrowRight, ArrowUpToLine, SkipForward } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import { Name } from "@/components/ui/name";
import { Missing } from "@/components/ui/null-mark";
import { Int } from "@/components/ui/number";
import { numberWidth } from "@/components/ui/number-width";
import { type Column, wholeKey } from "@/components/ui/table-model";
import { toneInk } from "@/components/ui/tone";
import type { PlannedOffset } from "@/lib/api/group-offsets";
import { integer, type Zone } from "@/lib/format";
import { dayOfAll, FirstRecord, firstWidth } from "./first-record";
import { changeOf, noteOf } from "./reset-words";

const icons = { start: ArrowDownToLine, end: ArrowUpToLine, forward: SkipForward } as const;

type Settings = { rows: readonly PlannedOffset[]; zone: Zone; zoneLabel: string; named: boolean; isNew: boolean };

/** The columns of a plan, wide enough for its longest numbers. `named`: several topics are in it. `isNew`: the group is not there yet. */
export function planColumns({ rows, zone, zoneLabel, named, isNew }: Settings): Column<PlannedOffset>[] {
  const oneDay = dayOfAll(rows, zone);
  const firstHeader = `First record read, ${oneDay === null ? "" : `${oneDay} `}${zoneLabel}`;
  const offsets = (pick: (row: PlannedOffset) => string | bigint | null) => rows.map(pick);
  return [
    ...(named
      ? [{ id: "topic", header: "Topic", cell: (row: PlannedOffset) => <Name value={row.topic} />, sortBy: topicKey }]
      : []),
    {
      id: "partition",
      header: "Part.",
      align: "end",
      width: 58,
      cell: ({ partition }) => <span className="font-medium">{partition}</span>,
      sortBy: ({ partition }) => partition,
    },
    {
      id: "before",
      header: "Before",
      align: "end",
      width: numberWidth(
        "Before",
        offsets(({ before }) => before),
      ),
      cell: ({ before }) => (
        <span className="text-ink-2">
          <Int value={before} why="No offset: the group has committed none" plainZero />
        </span>
      ),
      sortBy: ({ before }) => wholeKey(before),
    },
    {
      id: "arrow",
      header: "",
      width: 32,
      drop: 1,
      cell: () => <Icon of={ArrowRight} size={12} className="text-muted" />,
    },
    {
      id: "after",
      header: "After",
      align: "end",
      width: numberWidth(
        "After",
        offsets(({ after }) => after),
      ),
      cell: ({ after }) => (
        <b className="font-strong">
          <Int value={after} why="Its offset is deleted" plainZero />
        </b>
      ),
      sortBy: ({ after }) => wholeKey(after),
    },
    {
      id: "change",
      header: "Change",
      align: "end",
      width: numberWidth("Change", offsets(changeOf), 8),
      drop: 3,
      largestFirst: true,
      cell: (row) => <Change row={row} />,
      sortBy: changeOf,
    },
    // Where none can be set, none has a first record: the room is for why.
    ...(rows.every(({ problem }) => problem !== null)
      ? []
      : [
          {
            id: "first",
            header: firstHeader,
            width: firstWidth(rows, oneDay !== null, firstHeader),
            drop: 2 as const,
            cell: ({ first }: PlannedOffset) => <FirstRecord first={first} zone={zone} bare={oneDay !== null} />,
            sortBy: ({ first }: PlannedOffset) => wholeKey(first?.timestamp ?? null),
          },
        ]),
    {
      id: "note",
      header: "Note",
      // Beside a topic, which takes what is left.
      ...(named ? { width: noteWidth(rows) } : {}),
      // That there was no offset goes without saying of a group that is made.
      cell: (row) => (isNew && row.note === "new" ? null : <PlanNote row={row} />),
      sortBy: (row) => noteOf(row)?.text ?? null,
    },
  ];
}

/** Pixels for the longest note: the numbers in it are not cut. */
const noteWidth = (rows: readonly PlannedOffset[]): number =>
  rows.reduce((widest, row) => {
    const note = row.problem ? null : noteOf(row);
    return note === null ? widest : Math.max(widest, Math.ceil(note.text.length * 6.4) + (note.icon ? 56 : 36));
  }, 200);

const topicKey = ({ topic }: PlannedOffset) => topic;

/** How far one partition moves; forwards it skips records, so it stands out. */
export function Change({ row }: { row: PlannedOffset }) {
  const change = changeOf(row);
  if (change === null) return <Missing why={row.before === null ? "It had no offset" : "Its offset is deleted"} />;
  return (
    <span className={change > 0n ? "text-warn" : ""}>
      {change > 0n && "+"}
      <Int value={change} />
    </span>
  );
}

export function PlanNote({ row }: { row: PlannedOffset }) {
  const note = noteOf(row);
  if (note === null) return null;
  const { problem, wanted } = row;
  const title = problem
    ? `${problem.detail ?? problem.title} ${problem.todo}`
    : wanted === null
      ? undefined
      : `Asked for: ${integer(wanted)}. The log has ${integer(row.start ?? 0)} to ${integer(row.end ?? 0)}.`;
  const ink = { plain: "", muted: "text-muted", info: "", warn: "text-warn", bad: "text-bad" }[note.tone];
  return (
    <span title={title ?? note.text} className={ink}>
      {note.icon && (
        <Icon
          of={icons[note.icon]}
          size={12}
          className={`me-1.5 inline align-[-1.5px] ${note.tone === "warn" ? toneInk.warn : toneInk.info}`}
        />
      )}
      {note.text}
    </span>
  );
}
