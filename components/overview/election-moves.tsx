import { Int } from "@/components/ui/number";
import type { BrokerSummary } from "@/lib/api/brokers";
import type { ElectionPlan } from "@/lib/client/clusters";
import { counted } from "@/lib/format";

type Row = ElectionPlan["partitions"][number];

/** What the election does to each broker's leaders, and what stays as it is and why. */
export function ElectionMoves({ rows, brokers }: { rows: Row[]; brokers: BrokerSummary[] }) {
  const moves = rows.filter(({ problem }) => problem === null);
  const changed = brokers
    .map((broker) => ({
      id: broker.id,
      now: broker.leaders,
      change:
        moves.filter(({ after }) => after === broker.id).length -
        moves.filter(({ before }) => before === broker.id).length,
    }))
    .filter(({ change }) => change !== 0);
  const stay = Map.groupBy(
    rows.filter(({ problem }) => problem !== null),
    ({ problem }) => problem?.detail ?? problem?.title ?? "",
  );
  return (
    <>
      {changed.length > 0 && (
        <table className="grid-table" aria-label="Leaders of each broker">
          <thead>
            <tr>
              <th scope="col">Broker</th>
              <th scope="col" data-align="end">
                Leaders now
              </th>
              <th scope="col" data-align="end">
                After
              </th>
            </tr>
          </thead>
          <tbody>
            {changed.map(({ id, now, change }) => (
              <tr key={id}>
                <td>Broker {id}</td>
                <td data-align="end">
                  <Int value={now} />
                </td>
                <td data-align="end">
                  <Int value={now + change} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {stay.size > 0 && (
        <ul className="text-ink-2">
          {[...stay].map(([reason, those]) => (
            <li key={reason}>
              {counted(those.length, "partition")} {those.length === 1 ? "stays" : "stay"} as{" "}
              {those.length === 1 ? "it is" : "they are"}. {reason}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
