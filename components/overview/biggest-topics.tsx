import { Bytes } from "@/components/ui/bytes";
import { Link } from "@/components/ui/link";
import { Meter } from "@/components/ui/meter";
import { Name } from "@/components/ui/name";
import { Int } from "@/components/ui/number";
import { Panel } from "@/components/ui/panel";
import type { ClusterOverview } from "@/lib/api/clusters";
import { url } from "@/lib/api/url";
import { chartNumber, counted, share } from "@/lib/format";

/** The topics that take most of the disk. */
export function BiggestTopics({ cluster, overview }: { cluster: string; overview: ClusterOverview }) {
  const { biggestTopics, totals } = overview;
  const all = chartNumber(totals.sizeBytes ?? 0);
  return (
    <Panel
      title="Biggest topics"
      meta="by size on disk, all replicas"
      flush
      actions={
        <Link href={url`/clusters/${cluster}/topics`} look="text">
          {totals.topics === 1 ? "The topic" : `All ${counted(totals.topics, "topic")}`}
        </Link>
      }
    >
      {biggestTopics.length === 0 ? (
        <p className="px-3 py-2.5 text-ink-2">
          {totals.topics === 0 ? (
            <>
              There are no topics yet.{" "}
              <Link href={url`/clusters/${cluster}/topics/new`} look="text">
                Create a topic
              </Link>
            </>
          ) : totals.sizeBytes === null ? (
            "No broker told its log dirs, so sizes are not known."
          ) : (
            "No topic holds a record yet."
          )}
        </p>
      ) : (
        <table className="grid-table" aria-label="Biggest topics">
          <thead>
            <tr>
              <th scope="col">Topic</th>
              <th scope="col" data-align="end" style={{ width: 92 }} className="max-md:hidden">
                Partitions
              </th>
              <th scope="col" data-align="end" style={{ width: 92 }}>
                Size
              </th>
              <th scope="col" style={{ width: 168 }} className="max-md:hidden">
                Share of all
              </th>
            </tr>
          </thead>
          <tbody>
            {biggestTopics.map((topic) => {
              const part = all === 0 ? 0 : chartNumber(topic.sizeBytes) / all;
              return (
                <tr key={topic.name}>
                  <td>
                    <Link
                      href={url`/clusters/${cluster}/topics/${topic.name}/messages`}
                      className="block min-w-0 font-medium hover:underline"
                    >
                      <Name value={topic.name} />
                    </Link>
                  </td>
                  <td data-align="end" className="max-md:hidden">
                    <Int value={topic.partitions} />
                  </td>
                  <td data-align="end">
                    <Bytes value={topic.sizeBytes} />
                  </td>
                  <td className="max-md:hidden">
                    <span className="inline-flex items-baseline gap-2.5">
                      <Meter value={part} label={`${topic.name}: share of the disk used`} width={88} />
                      <span className="text-muted">{share(part)}</span>
                    </span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
