import { Name } from "@/components/ui/name";
import { Int } from "@/components/ui/number";
import { numberWidth } from "@/components/ui/number-width";
import type { OffsetChange, SetOffset } from "@/lib/api/group-offsets";

/** Rows that are drawn; a dialog is no place to read thousands. */
const MOST_DRAWN = 500;

type Row = Pick<OffsetChange, "topic" | "partition" | "before"> & Partial<Pick<SetOffset, "problem">>;

/** Committed offsets that go, in a box that scrolls; with the reason at those that stay. */
export function CommitTable({ rows, label }: { rows: readonly Row[]; label: string }) {
  const named = rows.some(({ topic }) => topic !== rows[0]?.topic);
  if (rows.length === 0) return null;
  const sorted = rows.toSorted((a, b) =>
    a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1,
  );
  // What stays says why, and that takes more room than a number.
  const offsetWidth = rows.some(({ problem }) => problem)
    ? undefined
    : numberWidth(
        "Offset",
        rows.map(({ before }) => before),
      );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <div tabIndex={0} className="max-h-[32vh] shrink-0 overflow-auto rounded-panel border border-border">
      <table className="grid-table" aria-label={label}>
        <thead>
          <tr>
            {named && <th scope="col">Topic</th>}
            <th scope="col" data-align="end" style={{ width: 72 }}>
              Part.
            </th>
            <th scope="col" data-align="end" style={{ width: offsetWidth }}>
              Offset
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, MOST_DRAWN).map(({ topic, partition, before, problem }) => (
            <tr key={`${topic}/${partition}`}>
              {named && (
                <td>
                  <Name value={topic} />
                </td>
              )}
              <td data-align="end">{partition}</td>
              <td data-align="end">
                {problem ? (
                  <span className="whitespace-normal text-bad">
                    {problem.title}. {problem.todo}
                  </span>
                ) : (
                  <Int value={before} why="No offset" plainZero />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_DRAWN && <p className="px-3 py-2 text-12 text-muted">and {rows.length - MOST_DRAWN} more</p>}
    </div>
  );
}
