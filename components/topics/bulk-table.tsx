import { Bytes } from "@/components/ui/bytes";
import { Name } from "@/components/ui/name";
import { Int } from "@/components/ui/number";
import { Bar } from "@/components/ui/skeleton";
import { Status } from "@/components/ui/status";
import type { TopicSummary } from "@/lib/api/topics";
import type { BulkResult, PurgePlan } from "@/lib/client/bulk-topics";

/** Each topic of a bulk command: what it holds, or how many records go, and what became of it. */
export function BulkTable({
  kind,
  topics,
  plans,
  results,
}: {
  kind: "delete" | "purge";
  topics: TopicSummary[];
  plans: PurgePlan[] | null;
  results: BulkResult[];
}) {
  const planOf = new Map(plans?.map((plan) => [plan.topic, plan]));
  const resultOf = new Map(results.map((result) => [result.topic, result]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <div tabIndex={0} className="max-h-[40vh] shrink-0 overflow-auto rounded-panel border border-border">
      <table className="grid-table" aria-label="Topics of this command">
        <thead>
          <tr>
            <th scope="col">Topic</th>
            <th scope="col" data-align="end" style={{ width: 84 }}>
              Partitions
            </th>
            <th scope="col" data-align="end" style={{ width: 130 }}>
              {kind === "delete" ? "Offset span" : "At most records"}
            </th>
            <th scope="col" data-align="end" style={{ width: 84 }} className="max-md:hidden">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {topics.map((topic) => {
            const plan = planOf.get(topic.name);
            const result = resultOf.get(topic.name);
            const problem = result?.problem ?? plan?.problem ?? null;
            return (
              <tr key={topic.name}>
                <td>
                  <span className="flex min-w-0 flex-col">
                    <Name value={topic.name} />
                    {problem && (
                      <span className="text-12 whitespace-normal wrap-anywhere text-bad">
                        {problem.detail ?? problem.title} {problem.todo}
                      </span>
                    )}
                    {result && problem === null && <Status kind="passed" word="Done" />}
                  </span>
                </td>
                <td data-align="end">
                  <Int value={topic.partitions} />
                </td>
                <td data-align="end">
                  {kind === "delete" ? (
                    <Int value={topic.offsetSpan} about={topic.offsetSpanEstimate} />
                  ) : plan === undefined ? (
                    <Bar />
                  ) : (
                    <Int value={plan.plan?.records} about={plan.plan?.estimate} why="Cannot be purged" />
                  )}
                </td>
                <td data-align="end" className="max-md:hidden">
                  <Bytes value={topic.sizeBytes} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
