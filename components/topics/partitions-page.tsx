"use client";
import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { ColumnsChooser, useColumns } from "@/components/ui/columns-chooser";
import { DataTable } from "@/components/ui/data-table";
import { PhoneRow } from "@/components/ui/data-table-row";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { type Asked, sinceWords } from "@/components/ui/loaded";
import { Int } from "@/components/ui/number";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Statusline } from "@/components/ui/statusline";
import { Toolbar } from "@/components/ui/toolbar";
import { useUrlState } from "@/components/ui/use-url-state";
import { Warnings } from "@/components/ui/warnings";
import type { PartitionDetail } from "@/lib/api/topics";
import { problemOfError } from "@/lib/client/call";
import { usePreferences } from "@/lib/client/preferences";
import { useRefresh } from "@/lib/client/refresh";
import { partitionsQuery, topicQuery } from "@/lib/client/topics";
import { bytes, counted, integer } from "@/lib/format";
import { AllTopics } from "./all-topics";
import { partitionColumns, partitionStatus, spanOf } from "./partition-columns";
import { PartitionPanel } from "./partition-panel";
import { ReplicaList } from "./replica-list";

const defaults = { sort: "partition", problems: "", partition: "" };
const rowKey = ({ partition }: PartitionDetail) => String(partition);
const words = {
  "no-leader": "no leader",
  "under-min-isr": "under min ISR",
  "under-replicated": "under-repl.",
} as const;

/** Where does the topic live, and is it in sync? */
export function PartitionsPage({ cluster, topic }: { cluster: string; topic: string }) {
  const [state, set] = useUrlState(defaults);
  const query = useQuery({ ...partitionsQuery(cluster, topic), ...useRefresh() });
  const { data: detail } = useQuery(topicQuery(cluster, topic));
  const least = detail?.minInsyncReplicas ?? null;
  const estimate = detail?.offsetSpanEstimate ?? false;
  const rows = useMemo(() => query.data?.items ?? [], [query.data]);
  const columns = useMemo(
    () => partitionColumns({ cluster, topic, least, estimate, rows }),
    [cluster, topic, least, estimate, rows],
  );
  const shownColumns = useColumns("partitions", columns);
  const troubled = rows.filter((row) => partitionStatus(row, least) !== "in-sync");
  const shown = state.problems === "1" ? troubled : rows;
  const opened = rows.find((row) => rowKey(row) === state.partition);
  return (
    <>
      <Failure cluster={cluster} query={query} />
      <Warnings of={query.data?.warnings ?? []} />
      <Toolbar
        choices={
          <Checkbox
            look="button"
            checked={state.problems === "1"}
            onChange={(on) => set({ problems: on ? "1" : "" }, "push")}
          >
            <Icon of={TriangleAlert} className={troubled.length > 0 ? "text-warn" : "text-muted"} />
            With problems <span className="font-normal text-muted">{integer(troubled.length)}</span>
          </Checkbox>
        }
        end={<ColumnsChooser table="partitions" columns={columns} shown={shownColumns} />}
      />
      {(query.data !== undefined || query.error === null) && (
        <DataTable
          label={`Partitions of ${topic}`}
          rows={query.data === undefined ? null : shown}
          columns={shownColumns}
          rowKey={rowKey}
          sort={state.sort}
          onSort={(sort) => set({ sort }, "push")}
          onOpen={(row) => set({ partition: rowKey(row) === state.partition ? "" : rowKey(row) })}
          current={opened ? rowKey(opened) : null}
          phone={(row) => <PartitionPhoneRow row={row} least={least} estimate={estimate} />}
          fill
          empty={
            <EmptyState title="No partition has a problem">
              Every partition has a leader and all its replicas in sync.
            </EmptyState>
          }
        />
      )}
      {opened && <PartitionPanel cluster={cluster} topic={topic} row={opened} onClose={() => set({ partition: "" })} />}
      {query.data && <Sums rows={shown} estimate={estimate} troubled={troubled.length} />}
    </>
  );
}

/** Why there are no newer rows, and of when those below are. A topic that is gone has a way out. */
function Failure({ cluster, query }: { cluster: string; query: Asked<unknown> }) {
  const { zone } = usePreferences();
  if (query.error === null) return null;
  const problem = problemOfError(query.error);
  return (
    <ProblemPanel
      problem={problem}
      onRetry={() => query.refetch()}
      since={sinceWords(query, zone)}
      actions={problem.code === "topic-not-found" && <AllTopics cluster={cluster} />}
    />
  );
}

/** The sum row: what cannot be known is left out and said. */
function Sums({ rows, estimate, troubled }: { rows: PartitionDetail[]; estimate: boolean; troubled: number }) {
  const spans = rows.flatMap((row) => spanOf(row) ?? []);
  const sizes = rows.flatMap(({ sizeBytes }) => (sizeBytes === null ? [] : [BigInt(sizeBytes)]));
  const replicas = rows.flatMap(({ replicaSizes }) => replicaSizes.map(({ sizeBytes }) => BigInt(sizeBytes)));
  const sum = (numbers: bigint[]) => numbers.reduce((total, one) => total + one, 0n);
  const missing = rows.length - spans.length;
  return (
    <Statusline
      left={
        <>
          <span>{counted(rows.length, "partition")}</span>
          <span>
            offset span <Int value={sum(spans)} about={estimate} />
            {missing > 0 && `, ${missing} not known`}
          </span>
          <span className="max-md:hidden">
            {bytes(sum(sizes))} on leaders, {bytes(sum(replicas))} on all replicas
          </span>
          {troubled > 0 && <span className="text-warn">{troubled} with problems</span>}
        </>
      }
    />
  );
}

function PartitionPhoneRow({
  row,
  least,
  estimate,
}: {
  row: PartitionDetail;
  least: number | null;
  estimate: boolean;
}) {
  const status = partitionStatus(row, least);
  return (
    <PhoneRow
      name={`Partition ${row.partition}`}
      badge={
        status === "in-sync" ? null : (
          <Badge tone={status === "under-replicated" ? "warn" : "bad"}>{words[status]}</Badge>
        )
      }
      figures={[
        <span key="span">
          <Int value={spanOf(row)} about={estimate} /> {spanOf(row) === 1n ? "offset" : "offsets"}
        </span>,
        row.sizeBytes === null ? "—" : bytes(row.sizeBytes),
      ]}
      end={
        <>
          {row.replicas.length === 1 ? "replica" : "replicas"} <ReplicaList row={row} />
        </>
      }
    />
  );
}
