"use client";
import { useQuery } from "@tanstack/react-query";
import { Segmented } from "@/components/ui/segmented";
import { useUrlState } from "@/components/ui/use-url-state";
import { useHoldRefresh } from "@/lib/client/refresh";
import { topicQuery } from "@/lib/client/topics";
import { FromRecord } from "./from-record";
import { LinesForm } from "./lines-form";
import { RecordForm } from "./record-form";

/** `from`: `partition:offset` of a record to start from; `mode`: empty, `tombstone` for that record, or `lines`. */
const defaults = { from: "", mode: "" };

/** Writes one record, or many from JSON lines. The frame of the topic is around it. */
export function ProducePage({ cluster, topic }: { cluster: string; topic: string }) {
  useHoldRefresh("editing");
  const [{ from, mode }, set] = useUrlState(defaults);
  const { data } = useQuery(topicQuery(cluster, topic));
  const partitions = data?.partitions ?? null;
  const isFrom = /^\d{1,9}:\d{1,19}$/.test(from);
  return (
    <div className="-mx-page flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-page pb-6">
      <Segmented
        label="What is sent"
        value={mode === "lines" ? "lines" : "one"}
        options={[
          { value: "one", label: "One record" },
          { value: "lines", label: "JSON lines" },
        ]}
        onChange={(next) => set({ mode: next === "lines" ? "lines" : "" }, "push")}
      />
      {mode === "lines" ? (
        <LinesForm cluster={cluster} topic={topic} partitions={partitions} />
      ) : isFrom ? (
        <FromRecord
          key={`${from} ${mode}`}
          cluster={cluster}
          topic={topic}
          place={from}
          partitions={partitions}
          tombstone={mode === "tombstone"}
          cleanupPolicy={data?.cleanupPolicy}
        />
      ) : (
        <RecordForm cluster={cluster} topic={topic} partitions={partitions} />
      )}
    </div>
  );
}
