import { Missing } from "@/components/ui/null-mark";
import { Int } from "@/components/ui/number";
import { Panel } from "@/components/ui/panel";
import { Term } from "@/components/ui/term";
import type { GroupDetail, GroupPartition } from "@/lib/api/groups";
import { integer } from "@/lib/format";

type State = NonNullable<NonNullable<GroupPartition["share"]>["states"]>[number];

/** What each delivery state means for the records that have it. */
const meanings = {
  available: "Waits to be delivered, or delivered again",
  acknowledged: "Done with",
  archived: "Given up: rejected, or delivered too often",
  acquired: "A member works on it",
  unknown: "A state this version of Kafdeck does not know",
} as const satisfies Record<State["state"], string>;
/** Ranges that are listed: a group that works well has a few. */
const mostListed = 200;

/** Records beyond the start offsets of a share group, and how far each is: what one offset cannot say. */
export function ShareStates({ group }: { group: GroupDetail }) {
  if (group.type !== "share") return null;
  const rows = group.partitions.flatMap(({ topic, partition, share }) =>
    (share?.states ?? []).map((state) => ({ topic, partition, ...state })),
  );
  const isTold = group.partitions.some(({ share }) => share?.states);
  return (
    <Panel
      flush
      className="shrink-0"
      title="Delivery states"
      meta={rows.length > mostListed ? `the first ${mostListed} of ${integer(rows.length)}` : integer(rows.length)}
    >
      {rows.length === 0 ? (
        <p className="px-3 py-2.5 text-ink-2">
          {isTold
            ? "No record beyond a start offset was delivered yet and is still open."
            : "Kafka does not tell the delivery states here."}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
        <div tabIndex={0} className="max-h-[300px] overflow-auto -outline-offset-2!">
          <table className="grid-table" aria-label="Delivery states">
            <thead>
              <tr>
                <th scope="col">Topic</th>
                <th scope="col" data-align="end" className="w-[68px]">
                  Part.
                </th>
                <th scope="col" data-align="end" className="w-[260px] max-md:w-[150px]">
                  Offsets
                </th>
                <th scope="col" className="w-[132px]">
                  State
                </th>
                <th scope="col" className="max-lg:hidden">
                  Means
                </th>
                <th scope="col" data-align="end" className="w-[104px] max-md:hidden">
                  Deliveries
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, mostListed).map(({ topic, partition, first, last, state, deliveries }) => (
                <tr key={`${topic} ${partition} ${first}`}>
                  <td title={topic}>{topic}</td>
                  <td data-align="end">{partition}</td>
                  <td data-align="end">
                    <Int value={first} plainZero />
                    {first !== last && (
                      <>
                        {" to "}
                        <Int value={last} plainZero />
                      </>
                    )}
                  </td>
                  <td>{state}</td>
                  <td className="text-muted max-lg:hidden">{meanings[state]}</td>
                  <td data-align="end" className="max-md:hidden">
                    {deliveries === 0 ? <Missing why="Not told" /> : deliveries}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="border-t border-border px-3 py-1.5 text-12 text-muted">
        A <Term id="share-group">share group</Term> settles each record by itself; its start offset moves when all
        before it are done with.
      </p>
    </Panel>
  );
}
