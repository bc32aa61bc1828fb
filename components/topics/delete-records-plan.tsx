import { Int } from "@/components/ui/number";
import type { DeleteRecordsResult } from "@/lib/api/records";

/** Where the log of each partition starts now and then, and how many records go at most; or what became of it. */
export function DeleteRecordsPlan({ result }: { result: DeleteRecordsResult }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <div tabIndex={0} className="max-h-[36vh] shrink-0 overflow-auto rounded-panel border border-border">
      <table className="grid-table" aria-label="Log start of each partition">
        <thead>
          <tr>
            <th scope="col" data-align="end" style={{ width: 60 }}>
              Part.
            </th>
            <th scope="col" data-align="end">
              First offset
            </th>
            <th scope="col" data-align="end">
              {result.validateOnly ? "Then" : "Now"}
            </th>
            <th scope="col" data-align="end" className="max-md:hidden">
              End
            </th>
            <th scope="col" data-align="end">
              {result.validateOnly ? "Records" : "Gone"}
            </th>
          </tr>
        </thead>
        <tbody>
          {result.partitions.map(({ partition, before, after, end, records, problem }) => (
            <tr key={partition}>
              <td data-align="end">{partition}</td>
              {problem ? (
                <td colSpan={4}>
                  <span className="whitespace-normal text-bad">
                    {problem.title}. {problem.todo}
                  </span>
                </td>
              ) : (
                <>
                  <td data-align="end">
                    <Int value={before} plainZero />
                  </td>
                  <td data-align="end">
                    <Int value={after} plainZero />
                  </td>
                  <td data-align="end" className="max-md:hidden">
                    <Int value={end} plainZero />
                  </td>
                  <td data-align="end">
                    <Int
                      value={records}
                      about={result.estimate && records !== "0"}
                      why="Some may be compacted away already."
                    />
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
