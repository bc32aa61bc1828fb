"use client";
import { Bar, BarChart, CartesianGrid, LabelList, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { usePhone } from "@/components/ui/use-media";
import type { LogDirList } from "@/lib/api/brokers";
import { bytes, chartNumber, counted, exactBytes } from "@/lib/format";
import { byteTicks } from "./byte-ticks";

const barStep = 26;
const axisHeight = 34;
const axis = { fill: "var(--muted)", fontSize: 12 };

/** Names lose their middle: the end tells them apart. */
const cut = (name: string, most: number): string => {
  const tail = Math.min(12, most >> 1);
  return name.length <= most ? name : `${name.slice(0, most - tail - 1)}…${name.slice(-tail)}`;
};

type Topic = LogDirList["topics"][number];

function Figures({ active, payload }: { active?: boolean; payload?: readonly { payload?: { topic: Topic } }[] }) {
  const topic = payload?.[0]?.payload?.topic;
  if (!active || !topic) return null;
  return (
    <div className="rounded-float border border-border-strong bg-raised px-3 py-2 text-12 shadow-float">
      <b className="wrap-anywhere">{topic.name}</b>
      <div>{exactBytes(topic.sizeBytes)}</div>
      <div className="text-muted">{counted(topic.partitions, "partition")} on this broker</div>
    </div>
  );
}

/** Sizes from zero, to scale; the label beside each bar is the figure itself. */
export function TopicSizeChart({ topics }: { topics: Topic[] }) {
  const isPhone = usePhone();
  const rows = topics.map((topic) => ({
    topic,
    name: topic.name,
    size: chartNumber(topic.sizeBytes),
    label: bytes(topic.sizeBytes),
  }));
  const [first] = topics;
  return (
    <div
      role="img"
      aria-label={`Bar chart of ${counted(topics.length, "topic")} by size${first ? `, the biggest is ${first.name} with ${bytes(first.sizeBytes)}` : ""}`}
      className="px-3 py-2.5"
      style={{ height: topics.length * barStep + axisHeight + 20 }}
    >
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={rows}
          layout="vertical"
          accessibilityLayer={false}
          margin={{ top: 0, right: 76, bottom: 0, left: 0 }}
        >
          <CartesianGrid horizontal={false} stroke="var(--border)" />
          <XAxis
            type="number"
            domain={[0, "dataMax"]}
            ticks={byteTicks(rows[0]?.size ?? 0, isPhone ? 2 : 5)}
            tickFormatter={(value: number) => bytes(Math.round(value))}
            tick={axis}
            tickLine={false}
            axisLine={{ stroke: "var(--border-strong)" }}
          />
          <YAxis
            type="category"
            dataKey="name"
            width={isPhone ? 140 : 280}
            interval={0}
            tickFormatter={(name: string) => cut(name, isPhone ? 16 : 38)}
            tick={{ ...axis, fill: "var(--ink)" }}
            tickLine={false}
            axisLine={{ stroke: "var(--border-strong)" }}
          />
          <Tooltip content={<Figures />} cursor={{ fill: "var(--hover)" }} isAnimationActive={false} />
          <Bar dataKey="size" fill="var(--s1)" barSize={12} isAnimationActive={false}>
            <LabelList dataKey="label" position="right" fill="var(--ink-2)" fontSize={12} />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
