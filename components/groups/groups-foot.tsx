import { Statusline } from "@/components/ui/statusline";
import { Age } from "@/components/ui/time";
import type { GroupSummary, HistoryState } from "@/lib/api/groups";
import type { Snapshot } from "@/lib/api/lists";
import { counted, duration, integer } from "@/lib/format";
import { totalLag } from "./group-list";

/** What is shown, how old it is, how often lag is sampled and what it cost at the brokers. */
export function GroupsFoot({
  rows,
  snapshot,
  history,
}: {
  /** Null until they are known. */
  rows: GroupSummary[] | null;
  snapshot: Snapshot | null;
  history: HistoryState | null;
}) {
  if (rows === null) return <Statusline left={null} />;
  const { lag, unknown } = totalLag(rows);
  return (
    <Statusline
      left={
        <>
          <span>{counted(rows.length, "group")}</span>
          {rows.length > unknown && <span>Lag {integer(lag)} in total</span>}
          {unknown > 0 && <span>{counted(unknown, "group")} unknown</span>}
        </>
      }
      right={
        snapshot && (
          <>
            <span>
              Snapshot <Age value={snapshot.takenAt} />
              {sampledWords(history)}
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

/** `, sampled every 10 s`; nothing where there is no history. */
function sampledWords(history: HistoryState | null): string {
  if (history === null || history.source === "off" || history.sampleEveryMs === null) return "";
  const every = `sampled every ${duration(history.sampleEveryMs).replace(".0", "")}`;
  return history.source === "sqlite" && !history.sampling ? `, ${every} by another replica` : `, ${every}`;
}
