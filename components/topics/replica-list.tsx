import type { PartitionDetail } from "@/lib/api/topics";

/** What one replica is, in a word; null: in sync, nothing to tell. */
export function replicaTrouble(
  { isr, offlineReplicas }: Pick<PartitionDetail, "isr" | "offlineReplicas">,
  broker: number,
): "offline" | "behind" | null {
  if (offlineReplicas.includes(broker)) return "offline";
  return isr.includes(broker) ? null : "behind";
}

const looks = { offline: "text-bad", behind: "text-warn" } as const;

/** Broker ids, the preferred leader first: `2, 3, 1 behind`. The leader is set in bold. */
export function ReplicaList({ row }: { row: PartitionDetail }) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      {row.replicas.map((broker, at) => {
        const trouble = replicaTrouble(row, broker);
        return (
          <span key={broker}>
            {at > 0 && ", "}
            <span className={broker === row.leader ? "font-strong" : ""}>{broker}</span>
            {trouble && <span className={`text-12 ${looks[trouble]}`}> {trouble}</span>}
          </span>
        );
      })}
    </span>
  );
}
