"use client";
import { useQuery } from "@tanstack/react-query";
import { askedRange, chosenSpan, lengthOf } from "@/components/ui/chart/range";
import { RangePicker } from "@/components/ui/chart/range-picker";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Warnings } from "@/components/ui/warnings";
import { problemOfError } from "@/lib/client/call";
import { groupLagQuery } from "@/lib/client/lag";
import { useRefresh } from "@/lib/client/refresh";
import { GroupChartPanels, GroupChartsToCome } from "./group-chart-panels";
import type { GroupUrl, SetGroupUrl } from "./group-url";
import { stepFor } from "./lag-lines";

type Props = {
  cluster: string;
  group: string;
  /** Topics and partitions the group has to do with, for what lines there can be; null: not known yet. */
  topics: number | null;
  partitions: number | null;
  state: GroupUrl;
  set: SetGroupUrl;
};

/** Where lag, rates and time lag went, for the group, each topic or each partition. */
export function GroupCharts({ cluster, group, topics, partitions, state, set }: Props) {
  const by = state.by === "topic" || state.by === "partition" ? state.by : "group";
  const isLive = chosenSpan(state) === null;
  const step = by === "partition" ? stepFor(partitions ?? 0, lengthOf(state)) : undefined;
  const query = useQuery({
    ...groupLagQuery(cluster, group, {
      ...askedRange(state),
      // A topic by itself is one series of those by topic.
      by: state.topic !== "" && by === "group" ? "topic" : by,
      ...(state.topic === "" ? {} : { topic: state.topic }),
      ...(step === undefined ? {} : { step }),
    }),
    ...useRefresh(),
    // How many points there can be follows from how many lines there are.
    enabled: by !== "partition" || partitions !== null,
    // What is past does not change.
    ...(isLive ? {} : { refetchInterval: false, staleTime: Number.POSITIVE_INFINITY }),
  });
  const { data, error } = query;
  const lines = [
    { value: "", label: state.topic === "" ? "Whole group" : "Whole topic" },
    ...((topics ?? 0) > 1 && state.topic === "" ? [{ value: "topic", label: "By topic" }] : []),
    ...((partitions ?? 0) > 1 ? [{ value: "partition", label: "By partition" }] : []),
  ];
  // The page says that there is no history.
  if (data?.history.source === "off" || (error !== null && problemOfError(error).code === "history-off")) return null;
  return (
    <section aria-label="History of lag" className="flex shrink-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <RangePicker url={state} onChange={set} />
        {lines.length > 1 && (
          <span className="ms-auto max-md:hidden">
            <Segmented
              label="One line for"
              value={state.by}
              options={lines}
              onChange={(next) => set({ by: next }, "push")}
            />
          </span>
        )}
        {lines.length > 1 && (
          <Select
            aria-label="One line for"
            value={state.by}
            options={lines}
            onChange={(next) => set({ by: next }, "push")}
            className="ms-auto w-[132px] md:hidden"
          />
        )}
      </div>
      {error !== null && <ProblemPanel problem={problemOfError(error)} onRetry={() => query.refetch()} />}
      <Warnings of={data?.warnings ?? []} />
      {data ? (
        <GroupChartPanels group={group} history={data} state={state} set={set} faded={query.isPlaceholderData} />
      ) : (
        error === null && <GroupChartsToCome />
      )}
      {by === "partition" && data && data.series.length > 0 && lengthOf(state) > 86_400_000 && (
        <p className="text-12 text-muted">The history of single partitions reaches back 24 hours.</p>
      )}
    </section>
  );
}
