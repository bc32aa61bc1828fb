"use client";
import { ChartLine, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { usePreferences } from "@/lib/client/preferences";
import { dateTime } from "@/lib/format";
import { ChartLegend } from "./chart-legend";
import { type ChartBand, type ChartData, type ChartUnit, figure, lastValue } from "./chart-model";
import { ChartTable } from "./chart-table";
import { leastHeight } from "./plot-area";

// The chart library is heavy: it comes when a chart is shown.
const TimeChart = dynamic(() => import("./time-chart").then((module) => module.TimeChart), {
  ssr: false,
  loading: () => <div style={{ height: leastHeight }} />,
});

const noBands: readonly ChartBand[] = [];

type Props = {
  title: ReactNode;
  /** What is measured, for those who hear it: "Lag of orders-sink". */
  name: string;
  data: ChartData;
  unit: ChartUnit;
  bands?: readonly ChartBand[];
  /** A stretch of time was chosen, in epoch ms. */
  onZoom?: (from: number, until: number) => void;
  /** Before the button that shows the table. */
  actions?: ReactNode;
  /** In place of the lines. */
  empty?: ReactNode;
  className?: string;
};

/** A chart over time in a panel: its lines with their newest figures, and the same as a table. */
export function ChartPanel({
  title,
  name,
  data,
  unit,
  bands = noBands,
  onZoom,
  actions,
  empty,
  className = "",
}: Props) {
  const { zone } = usePreferences();
  const [isTable, setIsTable] = useState(false);
  const isWide = data.series.length > 2;
  const instead = empty ?? (isUnknown(data) ? "Not known in this time." : null);
  const legend = <ChartLegend data={data} unit={unit} />;
  return (
    <section className={`panel flex min-w-0 flex-col rounded-panel border border-border bg-surface ${className}`}>
      <header className="flex min-h-[34px] shrink-0 items-center gap-x-2.5 border-b border-border ps-3 pe-1 py-0.5">
        <h2 className="text-13 font-bold whitespace-nowrap">{title}</h2>
        {!instead && !isWide && legend}
        <div className="ms-auto flex shrink-0 items-center gap-1">
          {actions}
          {!instead && (
            <IconButton
              label={isTable ? "Show as chart" : "Show as table"}
              icon={isTable ? ChartLine : Table2}
              aria-pressed={isTable}
              onClick={() => setIsTable(!isTable)}
              className="h-6!"
            />
          )}
        </div>
      </header>
      {instead ? (
        <div className="flex flex-1 items-center px-3 text-muted" style={{ minHeight: leastHeight }}>
          <p>{instead}</p>
        </div>
      ) : isTable ? (
        <ChartTable data={data} unit={unit} label={name} bands={bands} />
      ) : (
        <div className="flex flex-1 flex-col gap-1.5 pt-2 pb-1">
          {isWide && <div className="px-3">{legend}</div>}
          <TimeChart
            data={data}
            unit={unit}
            label={spoken(name, data, unit, (at) => dateTime(at, zone, false))}
            bands={bands}
            onZoom={onZoom}
          />
        </div>
      )}
    </section>
  );
}

/** The frame of a chart whose figures are asked for still: what stands below it is where it will be. */
export function ChartToCome({ title, className = "" }: { title: string; className?: string }) {
  return (
    <section
      aria-busy="true"
      className={`panel flex min-w-0 flex-col rounded-panel border border-border bg-surface ${className}`}
    >
      <header className="flex min-h-[34px] shrink-0 items-center border-b border-border px-3">
        <h2 className="text-13 font-bold whitespace-nowrap">{title}</h2>
      </header>
      <div className="pt-2 pb-1">
        <div style={{ height: leastHeight }} />
      </div>
    </section>
  );
}

/** Axes without a line would look as if it were about to come. */
const isUnknown = ({ series }: ChartData): boolean =>
  series.every(({ values }) => values.every((value) => value === null));

/** What the chart says in a sentence. */
function spoken(
  name: string,
  { from, until, series }: ChartData,
  unit: ChartUnit,
  time: (at: number) => string,
): string {
  const figures = series.map((line) => {
    const last = lastValue(line);
    return `${line.label} ${last === null ? "without a sample" : figure[unit](last)}`;
  });
  return `${name} from ${time(from)} to ${time(until)}. Newest: ${figures.join(", ")}.`;
}
