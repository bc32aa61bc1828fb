"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ChartPanel } from "@/components/ui/chart/chart-panel";
import { ChartsTogether } from "@/components/ui/chart/crosshair";
import { askedRange, chosenSpan, lengthOf, spanUrl } from "@/components/ui/chart/range";
import { RangePicker } from "@/components/ui/chart/range-picker";
import { Late } from "@/components/ui/loaded";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { usePhone } from "@/components/ui/use-media";
import { Warnings } from "@/components/ui/warnings";
import type { GroupLagHistory } from "@/lib/api/lag";
import { problemOfError } from "@/lib/client/call";
import { groupLagQuery } from "@/lib/client/lag";
import { useRefresh } from "@/lib/client/refresh";
import { duration } from "@/lib/format";
import type { GroupUrl, SetGroupUrl } from "./group-url";
import { bandsOf, hasSample, linesOf, ratesOf, stepFor } from "./lag-lines";

const charts = [
  { value: "lag", label: "Lag" },
  { value: "rates", label: "Records/s" },
  { value: "time", label: "Time lag" },
];
const rates = [
  { value: "written", label: "Written" },
  { value: "read", label: "Read" },
] as const;

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
        <Charts group={group} history={data} state={state} set={set} faded={query.isPlaceholderData} />
      ) : (
        error === null && (
          <Late>
            <Skeleton rows={6} />
          </Late>
        )
      )}
      {by === "partition" && data && data.series.length > 0 && lengthOf(state) > 86_400_000 && (
        <p className="text-12 text-muted">The history of single partitions reaches back 24 hours.</p>
      )}
    </section>
  );
}

/** Why there is no line yet. */
function emptyWords({ history, series }: GroupLagHistory): string | null {
  if (hasSample({ series })) return null;
  if (history.lastSampleAt === null && history.sampleEveryMs !== null)
    return `No sample yet. One is taken every ${duration(history.sampleEveryMs).replace(".0", "")}.`;
  return "No sample of this group in this time.";
}

function Charts({
  group,
  history,
  state,
  set,
  faded,
}: {
  group: string;
  history: GroupLagHistory;
  state: GroupUrl;
  set: SetGroupUrl;
  faded: boolean;
}) {
  const isPhone = usePhone();
  const [rate, setRate] = useState<"written" | "read">("read");
  const isOne = history.series.length <= 1;
  const lag = useMemo(() => linesOf(history, "lag"), [history]);
  const time = useMemo(() => linesOf(history, "timeLagMs"), [history]);
  const records = useMemo(() => (isOne ? ratesOf(history) : linesOf(history, rate)), [history, isOne, rate]);
  const bands = useMemo(() => bandsOf(history.statuses), [history]);
  const empty = emptyWords(history);
  const chosen = charts.some(({ value }) => value === state.chart) ? state.chart : "lag";
  const shown = (chart: string) => !isPhone || chosen === chart;
  const title = (chart: number) =>
    isPhone ? (
      <Select
        aria-label="Chart"
        value={chosen}
        options={charts}
        onChange={(next) => set({ chart: next })}
        className="w-[124px]"
      />
    ) : (
      charts[chart]?.label
    );
  const common = {
    empty,
    onZoom: (from: number, until: number) => set(spanUrl(from, until), "push"),
  };
  const place = `flex-[1_1_320px] ${faded ? "opacity-60" : ""}`;
  return (
    <ChartsTogether>
      <div className="flex flex-wrap gap-3">
        {shown("lag") && (
          <ChartPanel
            {...common}
            title={title(0)}
            name={`Lag of ${group}`}
            data={lag}
            unit="records"
            bands={bands}
            className={`${place} md:flex-[1.3_1_340px]`}
          />
        )}
        {shown("rates") && (
          <ChartPanel
            {...common}
            title={title(1)}
            name={isOne ? `Records a second of ${group}` : `Records a second ${rate}, of ${group}`}
            data={records}
            unit="rate"
            actions={!isOne && <Segmented label="Rate" value={rate} options={[...rates]} onChange={setRate} />}
            className={place}
          />
        )}
        {shown("time") && (
          <ChartPanel
            {...common}
            title={title(2)}
            name={`Time lag of ${group}`}
            data={time}
            unit="time"
            className={place}
          />
        )}
      </div>
    </ChartsTogether>
  );
}
