import { Statusline } from "@/components/ui/statusline";
import { Age } from "@/components/ui/time";
import type { Snapshot } from "@/lib/api/lists";
import type { TopicSummary } from "@/lib/api/topics";
import { bytes, counted, duration } from "@/lib/format";

/** What is shown, how old it is and what it cost at the brokers. */
export function TopicsFoot({
  rows,
  snapshot,
  pending,
}: {
  /** Null until they are known. */
  rows: TopicSummary[] | null;
  snapshot: Snapshot | null;
  pending: boolean;
}) {
  if (rows === null) return <Statusline left={null} />;
  const partitions = rows.reduce((sum, row) => sum + row.partitions, 0);
  const offline = rows.filter((row) => row.offline > 0).length;
  const size = rows.reduce((sum, { sizeBytes }) => sum + BigInt(sizeBytes ?? 0), 0n);
  return (
    <Statusline
      left={
        <>
          <span>{counted(rows.length, "topic")}</span>
          <span>{counted(partitions, "partition")}</span>
          {!pending && <span>{bytes(size)}</span>}
          {offline > 0 && <span className="text-bad">{offline} with offline partitions</span>}
        </>
      }
      right={
        snapshot && (
          <>
            <span>
              Snapshot <Age value={snapshot.takenAt} />
            </span>
            <span>
              {counted(snapshot.requests, "broker request")}, {duration(Math.round(snapshot.milliseconds))}
            </span>
          </>
        )
      }
    />
  );
}
