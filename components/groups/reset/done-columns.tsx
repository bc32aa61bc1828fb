import { Name } from "@/components/ui/name";
import { Int } from "@/components/ui/number";
import { numberWidth } from "@/components/ui/number-width";
import { Status } from "@/components/ui/status";
import type { Column } from "@/components/ui/table-model";
import type { SetOffset } from "@/lib/api/group-offsets";

/** What became of one partition: what it was, what it was set to, and what the coordinator says now. */
export function Outcome({ row: { outcome, after, readBack, problem } }: { row: SetOffset }) {
  const title = problem ? `${problem.detail ?? problem.title} ${problem.todo}` : undefined;
  if (outcome === "not-set") return <Status kind="failed" word={problem?.title ?? "Not set"} title={title} />;
  if (outcome === "not-known") return <Status kind="warned" word={problem?.title ?? "Not known"} title={title} />;
  if (outcome === "unchanged") return <span className="text-muted">Was there already</span>;
  if (outcome === "planned") return <span className="text-muted">Only planned</span>;
  if (readBack !== after) return <Status kind="warned" word="Set, but something else was read back" title={title} />;
  return <Status kind="passed" word={after === null ? "Deleted" : "Set and read back"} />;
}

/** The columns of a result. */
export function doneColumns(rows: readonly SetOffset[]): Column<SetOffset>[] {
  const column = (id: "before" | "after" | "readBack", header: string, why: string): Column<SetOffset> => ({
    id,
    header,
    align: "end",
    width: numberWidth(
      header,
      rows.map((row) => row[id]),
    ),
    cell: (row) => <Int value={row[id]} why={why} plainZero />,
  });
  const isNamed = rows.some(({ topic }) => topic !== rows[0]?.topic);
  return [
    ...(isNamed
      ? [{ id: "topic", header: "Topic", drop: 2, cell: ({ topic }: SetOffset) => <Name value={topic} /> }]
      : []),
    { id: "partition", header: "Part.", align: "end", width: 72, cell: ({ partition }) => partition },
    { ...column("before", "Before", "It had no offset"), drop: 1 },
    column("after", "Set to", "Its offset was deleted"),
    column("readBack", "Read back", "There is none, or it could not be read"),
    { id: "outcome", header: "Outcome", cell: (row) => <Outcome row={row} /> },
  ];
}
