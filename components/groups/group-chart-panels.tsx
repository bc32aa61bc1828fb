"use client";
import { useMemo, useState } from "react";
import { ChartPanel, ChartToCome } from "@/components/ui/chart/chart-panel";
import { ChartsTogether } from "@/components/ui/chart/crosshair";
import { spanUrl } from "@/components/ui/chart/range";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { usePhone } from "@/components/ui/use-media";
import type { GroupLagHistory } from "@/lib/api/lag";
import { duration } from "@/lib/format";
import type { GroupUrl, SetGroupUrl } from "./group-url";
import { bandsOf, hasSample, linesOf, ratesOf } from "./lag-lines";

const charts = [
  { value: "lag", label: "Lag" },
  { value: "rates", label: "Records/s" },
  { value: "time", label: "Time lag" },
];
const rates = [
  { value: "written", label: "Written" },
  { value: "read", label: "Read" },
] as const;

const places = { lag: "flex-[1_1_320px] md:flex-[1.3_1_340px]", other: "flex-[1_1_320px]" };

/** Their frames, as long as the figures are asked for. */
export function GroupChartsToCome() {
  return (
    <div className="flex flex-wrap gap-3">
      {charts.map(({ value, label }, at) => (
        <ChartToCome key={value} title={label} className={at === 0 ? places.lag : `${places.other} max-md:hidden`} />
      ))}
    </div>
  );
}

/** Why there is no line yet. */
function emptyWords({ history, series, stepMs }: GroupLagHistory): string | null {
  if (hasSample({ series })) return null;
  if (history.since !== null && Date.now() - Date.parse(history.since) < 2 * stepMs)
    return `Samples are younger than a point of this chart, which is ${duration(stepMs).replace(".0", "")}: choose a shorter range.`;
  if (history.lastSampleAt === null && history.sampleEveryMs !== null)
    return `No sample yet. One is taken every ${duration(history.sampleEveryMs).replace(".0", "")}.`;
  return "No sample of this group in this time.";
}

/** Lag, rates and time lag beside each other; on a phone the one that is chosen. */
export function GroupChartPanels({
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
  const look = faded ? "opacity-60" : "";
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
            className={`${places.lag} ${look}`}
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
            className={`${places.other} ${look}`}
          />
        )}
        {shown("time") && (
          <ChartPanel
            {...common}
            title={title(2)}
            name={`Time lag of ${group}`}
            data={time}
            unit="time"
            className={`${places.other} ${look}`}
          />
        )}
      </div>
    </ChartsTogether>
  );
}
