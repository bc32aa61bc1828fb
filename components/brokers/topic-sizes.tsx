import { Bytes } from "@/components/ui/bytes";
import { Link } from "@/components/ui/link";
import { Name } from "@/components/ui/name";
import { Int } from "@/components/ui/number";
import type { LogDirList } from "@/lib/api/brokers";
import { url } from "@/lib/api/url";

/** The biggest topics of a broker in figures. */
export function TopicSizes({ cluster, topics }: { cluster: string; topics: LogDirList["topics"] }) {
  return (
    <table className="grid-table" aria-label="Biggest topics">
      <thead>
        <tr>
          <th scope="col">Topic</th>
          <th scope="col" data-align="end" style={{ width: 110 }}>
            Partitions here
          </th>
          <th scope="col" data-align="end" style={{ width: 110 }}>
            Size
          </th>
        </tr>
      </thead>
      <tbody>
        {topics.map((topic) => (
          <tr key={topic.name}>
            <td>
              <Link
                href={url`/clusters/${cluster}/topics/${topic.name}/messages`}
                className="block min-w-0 font-medium hover:underline"
              >
                <Name value={topic.name} />
              </Link>
            </td>
            <td data-align="end">
              <Int value={topic.partitions} />
            </td>
            <td data-align="end">
              <Bytes value={topic.sizeBytes} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
