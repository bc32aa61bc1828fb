"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Badge } from "@/components/ui/badge";
import { HistoryBanner } from "@/components/ui/history-banner";
import { lagStatusLooks } from "@/components/ui/lag-status";
import { Link } from "@/components/ui/link";
import { Late, Loaded } from "@/components/ui/loaded";
import { Page } from "@/components/ui/page";
import { Bar } from "@/components/ui/skeleton";
import { useUrlState } from "@/components/ui/use-url-state";
import { Warnings } from "@/components/ui/warnings";
import type { GroupDetail } from "@/lib/api/groups";
import { url } from "@/lib/api/url";
import { problemOfError } from "@/lib/client/call";
import { groupQuery } from "@/lib/client/groups";
import { useRefresh } from "@/lib/client/refresh";
import { counted, share } from "@/lib/format";
import { GroupActions } from "./group-actions";
import { GroupCharts } from "./group-charts";
import { GroupFacts } from "./group-facts";
import { GroupMembers } from "./group-members";
import { GroupPartitions } from "./group-partitions";
import { heaviest } from "./group-topic-list";
import { GroupTopics } from "./group-topics";
import { GroupTopology } from "./group-topology";
import { groupUrl } from "./group-url";
import { ShareStates } from "./share-states";
import { UndoList } from "./undo-list";

/** Why is it behind, and will it catch up? One page: what is wrong in a sentence, its history, its partitions, its members. */
export function GroupPage({ cluster, group }: { cluster: string; group: string }) {
  const [state, set] = useUrlState(groupUrl);
  const query = useQuery({ ...groupQuery(cluster, group), ...useRefresh() });
  const { data, error } = query;
  const isGone = data === undefined && error !== null && problemOfError(error).code === "group-not-found";
  // Without an answer the charts draw what the history has.
  const known = data?.partitions ?? (error === null ? null : []);
  return (
    <Page
      title={group === "" ? "(empty name)" : group}
      copy={group}
      badges={data && <StatusBadge group={data} />}
      actions={!isGone && <GroupActions cluster={cluster} group={group} detail={data ?? null} topic={state.topic} />}
    >
      <Loaded
        query={query}
        quiet
        skeleton={null}
        actions={
          <>
            <Link href={url`/clusters/${cluster}/groups`} look="button">
              All groups
            </Link>
            {!isGone && (
              <Link href={url`/clusters/${cluster}/doctor`} look="button">
                Connection doctor
              </Link>
            )}
          </>
        }
      >
        {(detail) => (
          <>
            <Reason group={detail} />
            <Warnings of={[...detail.problems, ...detail.warnings]} />
            <GroupFacts group={detail} />
            <HistoryBanner of={detail.history} />
          </>
        )}
      </Loaded>
      {data === undefined && error === null && <FactsToCome />}
      {/* The history is Kafdeck's own: it is there when no broker answers. */}
      {!isGone && data?.history.source !== "off" && (
        <GroupCharts
          cluster={cluster}
          group={group}
          topics={known && new Set(known.map(({ topic }) => topic)).size}
          partitions={known?.filter(({ topic }) => state.topic === "" || topic === state.topic).length ?? null}
          state={state}
          set={set}
        />
      )}
      {data && (
        <>
          <GroupTopics group={data} state={state} set={set} />
          <GroupPartitions cluster={cluster} group={data} state={state} set={set} />
          <ShareStates group={data} />
          <GroupTopology group={data} />
          <GroupMembers cluster={cluster} group={data} state={state} set={set} />
          <p className="shrink-0 text-12 text-muted">
            Read from the brokers with {counted(data.snapshot.requests, "request")} in{" "}
            {Math.round(data.snapshot.milliseconds)}&nbsp;ms.
          </p>
        </>
      )}
      {/* Of a deleted group too: its offsets can be put back. */}
      <div className="shrink-0 empty:hidden">
        <UndoList cluster={cluster} group={group} />
      </div>
    </Page>
  );
}

/** Holds the place of the sentence and the figures, so that what stands below stays where it is when they come. */
function FactsToCome() {
  return (
    <div aria-busy="true" className="flex h-15.5 shrink-0 flex-col justify-between max-md:h-51.5">
      <span className="sr-only">Loading</span>
      <Late>
        <Bar width={340} />
        <Bar width={620} />
      </Late>
    </div>
  );
}

function StatusBadge({ group }: { group: GroupDetail }) {
  const { word, icon, tone } = lagStatusLooks[group.status];
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}

/** Why the status is what it is, and the partition that holds most of the lag. */
function Reason({ group }: { group: GroupDetail }) {
  const found = useMemo(() => heaviest(group.partitions, BigInt(group.lag ?? 0)), [group.partitions, group.lag]);
  const manyTopics = group.topics.length > 1;
  return (
    <p className="-mt-1.5 max-w-[110ch] shrink-0 text-ink-2 wrap-anywhere">
      {group.verdict.reason}
      {found && (
        <>
          {" "}
          Partition&nbsp;{found.row.partition}
          {manyTopics && ` of ${found.row.topic}`} holds {share(found.share, 0)} of the lag.
        </>
      )}
    </p>
  );
}
