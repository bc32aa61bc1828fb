"use client";
import { useQuery } from "@tanstack/react-query";
import { Field, Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import type { DeleteRecordsBody } from "@/lib/api/records";
import { toInt64 } from "@/lib/api/scalars";
import { usePreferences } from "@/lib/client/preferences";
import { partitionsQuery } from "@/lib/client/topics";
import { integer, type Zone } from "@/lib/format";

export type Wish = {
  mode: "all" | "offset" | "time";
  /** "all", or one partition. */
  partition: string;
  time: string;
  /** By partition; nothing typed leaves it alone. */
  offsets: Record<string, string>;
};

export const firstWish: Wish = { mode: "all", partition: "all", time: "", offsets: {} };

/** What is asked of the plan; null while it cannot be asked yet. Times are typed in the reader's zone. */
export function bodyOf({ mode, partition, time, offsets }: Wish, zone: Zone): DeleteRecordsBody | null {
  const partitions = partition === "all" ? {} : { partitions: [Number(partition)] };
  if (mode === "all") return partition === "all" ? { all: true } : partitions;
  if (mode === "time") {
    const epoch = Date.parse(zone === "utc" ? `${time}Z` : time);
    return Number.isNaN(epoch) ? null : { ...partitions, time: new Date(epoch).toISOString() };
  }
  const given = Object.entries(offsets).filter(
    ([of, text]) => text !== "" && (partition === "all" || of === partition),
  );
  if (given.length === 0 || given.some(([, text]) => !isOffset(text))) return null;
  return { offsets: given.map(([of, text]) => ({ partition: Number(of), offset: toInt64(BigInt(text)) })) };
}

const isOffset = (text: string): boolean => /^\d{1,19}$/.test(text);

const modes = [
  { value: "all", label: "All records" },
  { value: "offset", label: "Before an offset" },
  { value: "time", label: "Before a time" },
] as const;

/** Which records go: all, those before an offset of each partition, or those before a time. */
export function DeleteRecordsForm({
  cluster,
  topic,
  partitions,
  wish,
  onChange,
}: {
  cluster: string;
  topic: string;
  partitions: number;
  wish: Wish;
  onChange: (wish: Wish) => void;
}) {
  const { zone } = usePreferences();
  const set = (change: Partial<Wish>) => onChange({ ...wish, ...change });
  return (
    <>
      <Segmented label="Which records" value={wish.mode} options={[...modes]} onChange={(mode) => set({ mode })} />
      <div className="flex flex-wrap gap-3">
        <Field label="Partitions">
          {({ invalid: _, ...control }) => (
            <Select
              {...control}
              value={wish.partition}
              options={[
                { value: "all", label: `All ${partitions}` },
                ...Array.from({ length: partitions }, (_, at) => ({ value: String(at), label: `Only ${at}` })),
              ]}
              onChange={(partition) => set({ partition })}
            />
          )}
        </Field>
        {wish.mode === "time" && (
          <Field
            label={`Records before this time go, ${zone === "utc" ? "UTC" : "your time zone"}`}
            hint="Up to the first record at or after it; by the records' own timestamps."
          >
            {(control) => (
              <Input {...control} type="datetime-local" step={1} value={wish.time} onChange={(time) => set({ time })} />
            )}
          </Field>
        )}
      </div>
      {wish.mode === "offset" && <OffsetFields cluster={cluster} topic={topic} wish={wish} onChange={onChange} />}
    </>
  );
}

function OffsetFields({
  cluster,
  topic,
  wish,
  onChange,
}: {
  cluster: string;
  topic: string;
  wish: Wish;
  onChange: (wish: Wish) => void;
}) {
  const { data } = useQuery(partitionsQuery(cluster, topic));
  const rows = (data?.items ?? []).filter(
    ({ partition }) => wish.partition === "all" || String(partition) === wish.partition,
  );
  return (
    <fieldset className="grid max-h-52 grid-cols-[repeat(auto-fill,minmax(180px,1fr))] gap-2 overflow-y-auto">
      <legend className="mb-1 text-12 text-muted">
        Records below the offset go. Nothing typed: the partition is left alone.
      </legend>
      {rows.map(({ partition, firstOffset, lastOffset }) => {
        const text = wish.offsets[partition] ?? "";
        const range =
          firstOffset === null || lastOffset === null
            ? "not known"
            : `${integer(firstOffset)} to ${integer(lastOffset)}`;
        return (
          <Field
            key={partition}
            label={`Partition ${partition}`}
            hint={range}
            error={text !== "" && !isOffset(text) ? "A whole number." : null}
          >
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                value={text}
                onChange={(offset) => onChange({ ...wish, offsets: { ...wish.offsets, [partition]: offset.trim() } })}
              />
            )}
          </Field>
        );
      })}
    </fieldset>
  );
}
