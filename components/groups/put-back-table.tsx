import { Name } from "@/components/ui/name";
import { Int } from "@/components/ui/number";
import { numberWidth } from "@/components/ui/number-width";
import type { PlannedOffset } from "@/lib/api/group-offsets";
import { PlanNote } from "./reset/plan-columns";

/** Rows that are drawn; the page that resets shows all of them. */
const MOST_DRAWN = 500;

/** A plan in the few columns of a dialog. */
export function PutBackTable({ rows }: { rows: readonly PlannedOffset[] }) {
  if (rows.length === 0) return null;
  const widthOf = (header: string, of: "before" | "after") =>
    numberWidth(
      header,
      rows.map((row) => row[of]),
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <div tabIndex={0} className="max-h-[36vh] shrink-0 overflow-auto rounded-panel border border-border">
      <table className="grid-table" aria-label="What is put back, partition by partition">
        <thead>
          <tr>
            <th scope="col">Topic</th>
            <th scope="col" data-align="end" style={{ width: 56 }}>
              Part.
            </th>
            <th scope="col" data-align="end" style={{ width: widthOf("Now", "before") }}>
              Now
            </th>
            <th scope="col" data-align="end" style={{ width: widthOf("Then", "after") }}>
              Then
            </th>
            <th scope="col">Note</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_DRAWN).map((row) => (
            <tr key={`${row.topic}/${row.partition}`}>
              <td>
                <Name value={row.topic} />
              </td>
              <td data-align="end">{row.partition}</td>
              <td data-align="end">
                <Int value={row.before} why="No offset" plainZero />
              </td>
              <td data-align="end">
                <Int value={row.after} why="Its offset is deleted" plainZero />
              </td>
              <td>
                <PlanNote row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_DRAWN && <p className="px-3 py-2 text-12 text-muted">and {rows.length - MOST_DRAWN} more</p>}
    </div>
  );
}
