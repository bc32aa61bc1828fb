"use client";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { CreateAtOffsets } from "@/components/groups/create-at-offsets";
import { GroupPhoneRow } from "@/components/groups/group-phone-row";
import { GroupsFoot } from "@/components/groups/groups-foot";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { groupHref } from "@/components/ui/group-href";
import { HistoryBanner } from "@/components/ui/history-banner";
import { Loaded } from "@/components/ui/loaded";
import { Skeleton } from "@/components/ui/skeleton";
import { useUrlState } from "@/components/ui/use-url-state";
import type { TopicGroup } from "@/lib/api/groups";
import { topicGroupsQuery } from "@/lib/client/groups";
import { useRefresh } from "@/lib/client/refresh";
import { kafkaCommand } from "@/lib/shell";
import { topicConsumersColumns } from "./topic-consumers-columns";

const defaults = { sort: "-status" };
const none: TopicGroup[] = [];
const rowKey = (row: TopicGroup) => row.groupId;
const phone = (row: TopicGroup) => (
  <GroupPhoneRow row={row} lag={row.topicLag} unknown={row.topicLagUnknown} members={row.topicMembers} />
);

/** Who reads the topic, and how far behind is each? */
export function TopicConsumersPage({ cluster, topic }: { cluster: string; topic: string }) {
  const [state, set] = useUrlState(defaults);
  const query = useQuery({ ...topicGroupsQuery(cluster, topic), ...useRefresh() });
  const rows = query.data?.items ?? none;
  const columns = useMemo(() => topicConsumersColumns(cluster, topic, rows), [cluster, topic, rows]);
  const href = useCallback((row: TopicGroup) => groupHref(cluster, row.groupId), [cluster]);
  // What the foot adds up is the lag in this topic.
  const here = useMemo(() => rows.map((row) => ({ ...row, lag: row.topicLag })), [rows]);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2.5">
      <Loaded query={query} skeleton={<Skeleton rows={4} />}>
        {({ items, history, snapshot }) => (
          <>
            <HistoryBanner of={items.length > 0 ? history : undefined} />
            {items.length === 0 ? (
              <NoGroups cluster={cluster} topic={topic} />
            ) : (
              <DataTable
                label={`Consumer groups of ${topic}`}
                rows={items}
                columns={columns}
                rowKey={rowKey}
                sort={state.sort}
                onSort={(sort) => set({ sort }, "push")}
                href={href}
                phone={phone}
                fill
              />
            )}
            <GroupsFoot rows={here} snapshot={snapshot ?? null} history={history} />
          </>
        )}
      </Loaded>
    </div>
  );
}

const NoGroups = ({ cluster, topic }: { cluster: string; topic: string }) => (
  <div className="-mx-page min-h-0 flex-1 overflow-y-auto">
    <EmptyState
      title="No group reads this topic"
      actions={<CreateAtOffsets cluster={cluster} words />}
      command={kafkaCommand("kafka-console-consumer", [
        ["--topic", topic],
        ["--group", "my-group"],
      ])}
    >
      No group has committed an offset of it, and no member holds a partition of it. Consumers without a group are not
      known to Kafka.
    </EmptyState>
  </div>
);
