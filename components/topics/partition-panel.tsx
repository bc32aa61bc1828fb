import { X } from "lucide-react";
import { Bytes } from "@/components/ui/bytes";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { Int } from "@/components/ui/number";
import { Panel } from "@/components/ui/panel";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import type { PartitionDetail } from "@/lib/api/topics";
import { messagesFrom } from "./partition-columns";
import { replicaTrouble } from "./replica-list";

/** Each replica of one partition: where it lies on disk, how big it is and how far behind. */
export function PartitionPanel({
  cluster,
  topic,
  row,
  onClose,
}: {
  cluster: string;
  topic: string;
  row: PartitionDetail;
  onClose: () => void;
}) {
  useShortcuts({ Escape: onClose });
  return (
    <Panel
      flush
      title={`Partition ${row.partition}`}
      meta={row.leader === null ? "no leader" : `led by broker ${row.leader}`}
      className="mb-2 max-h-[45%] shrink-0"
      actions={
        <>
          {row.firstOffset !== null && (
            <Link href={messagesFrom(cluster, topic, row.partition, row.firstOffset)} look="text">
              Read from {row.firstOffset}
            </Link>
          )}
          <IconButton label="Close" icon={X} onClick={onClose} />
        </>
      }
    >
      {row.problem && (
        <p className="border-b border-border px-3 py-2 text-bad">
          {row.problem.detail ?? row.problem.title} {row.problem.todo}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <div tabIndex={0} className="min-h-0 overflow-auto">
        <table className="grid-table" aria-label={`Replicas of partition ${row.partition}`}>
          <thead>
            <tr>
              <th scope="col" data-align="end" className="w-[68px]">
                Broker
              </th>
              <th scope="col" className="md:w-[150px]">
                State
              </th>
              <th scope="col" className="max-md:hidden">
                Log dir
              </th>
              <th scope="col" data-align="end" className="w-[84px]">
                Size
              </th>
              <th scope="col" data-align="end" className="w-[74px]">
                Behind
              </th>
            </tr>
          </thead>
          <tbody>
            {replicasOf(row).map(({ broker, onDisk }) => (
              <tr key={`${broker} ${onDisk?.logDir}`}>
                <td data-align="end">{broker}</td>
                <td>
                  <State row={row} broker={broker} future={onDisk?.future ?? false} />
                  {onDisk && (
                    <span className="block truncate font-mono text-11 text-muted md:hidden" title={onDisk.logDir}>
                      {onDisk.logDir}
                    </span>
                  )}
                </td>
                <td className="max-md:hidden">
                  {onDisk ? (
                    <span className="block truncate font-mono text-12" title={onDisk.logDir}>
                      {onDisk.logDir}
                    </span>
                  ) : (
                    <span className="text-muted">not told</span>
                  )}
                </td>
                <td data-align="end">
                  <Bytes value={onDisk?.sizeBytes} why={`Broker ${broker} did not tell its log dirs`} />
                </td>
                <td data-align="end">
                  <Int value={onDisk?.offsetLag} why={`Broker ${broker} did not tell its log dirs`} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** One line a replica that lies somewhere, and one for each assigned broker that told nothing. */
function replicasOf({ replicas, replicaSizes }: PartitionDetail) {
  const silent = replicas.filter((broker) => !replicaSizes.some((onDisk) => onDisk.broker === broker));
  return [
    ...replicaSizes.map((onDisk) => ({ broker: onDisk.broker, onDisk })),
    ...silent.map((broker) => ({ broker, onDisk: null })),
  ].sort((a, b) => replicas.indexOf(a.broker) - replicas.indexOf(b.broker));
}

function State({ row, broker, future }: { row: PartitionDetail; broker: number; future: boolean }) {
  if (future) return <span className="text-muted">moving here</span>;
  const trouble = replicaTrouble(row, broker);
  if (trouble !== null) return <span className={trouble === "offline" ? "text-bad" : "text-warn"}>{trouble}</span>;
  if (broker === row.leader) return "leader";
  return broker === row.replicas[0] ? "in sync, preferred" : "in sync";
}
