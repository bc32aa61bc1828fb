"use client";
import { useState } from "react";
import { Field, Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Term } from "@/components/ui/term";
import { usePreferences } from "@/lib/client/preferences";
import { dateTime, zoneName } from "@/lib/format";
import { emptyDraft, mistakesIn, type RecordDraft, recordOf } from "./draft";
import { HeaderRows } from "./header-rows";
import { PayloadField } from "./payload-field";
import { RecordPlan } from "./record-plan";
import { standardWriting, type Writing, WritingFields } from "./writing-fields";

type Props = {
  cluster: string;
  topic: string;
  /** Of the topic; null: not known. */
  partitions: number | null;
  initial?: RecordDraft;
  /** `partition:offset` of the record it was taken up from. */
  source?: string;
  /** What must be understood before it is sent. */
  gate?: string;
};

/** One record at the left; at the right where it would go, and the button. */
export function RecordForm({ cluster, topic, partitions, initial = emptyDraft, source, gate }: Props) {
  const { zone } = usePreferences();
  const [draft, setDraft] = useState(initial);
  const [writing, setWriting] = useState<Writing>(standardWriting);
  /** Parts that were left once: what is wrong with them is told. */
  const [told, setTold] = useState<ReadonlySet<string>>(new Set());
  const set = (change: Partial<RecordDraft>) => setDraft((before) => ({ ...before, ...change }));
  const leave = (part: string) => setTold((before) => new Set(before).add(part));
  const mistakes = mistakesIn(draft, partitions, zone);
  const zoneWord = zone === "utc" ? "UTC" : zoneName(-new Date().getTimezoneOffset());
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_380px]">
      <div className="flex min-w-0 flex-col gap-4">
        <PayloadField
          part="key"
          label={<Term id="key">Key</Term>}
          draft={draft.key}
          onChange={(key) => set({ key })}
          told={told.has("key")}
          onLeave={() => leave("key")}
        />
        <PayloadField
          part="value"
          label="Value"
          draft={draft.value}
          onChange={(value) => set({ value })}
          told={told.has("value")}
          onLeave={() => leave("value")}
        />
        <HeaderRows
          headers={draft.headers}
          onChange={(headers) => set({ headers })}
          mistakes={mistakes}
          told={told}
          onLeave={leave}
        />
        <div className="grid gap-3 md:grid-cols-2">
          <Field label={<Term id="partition">Partition</Term>} error={mistakes.get("partition") ?? null}>
            {({ invalid: _, ...control }) => (
              <Select
                {...control}
                value={draft.partition}
                options={partitionOptions(partitions, draft.partition)}
                onChange={(partition) => set({ partition })}
              />
            )}
          </Field>
          <Field
            label="Timestamp"
            hint={draft.timestamp === null ? undefined : `In ${zoneWord}, or milliseconds since 1970.`}
            error={told.has("timestamp") ? (mistakes.get("timestamp") ?? null) : null}
          >
            {(control) => (
              <span className="flex min-w-0 gap-1.5">
                <Select
                  aria-label="Which timestamp"
                  value={draft.timestamp === null ? "now" : "given"}
                  options={[
                    { value: "now", label: "Now" },
                    { value: "given", label: "Given" },
                  ]}
                  onChange={(which) =>
                    set({ timestamp: which === "now" ? null : dateTime(Date.now(), zone).split(" ", 2).join(" ") })
                  }
                  className={draft.timestamp === null ? "flex-1" : "w-[92px] shrink-0"}
                />
                {draft.timestamp !== null && (
                  <Input
                    {...control}
                    mono
                    value={draft.timestamp}
                    onChange={(timestamp) => set({ timestamp })}
                    onBlur={() => leave("timestamp")}
                    className="flex-1"
                  />
                )}
              </span>
            )}
          </Field>
          <WritingFields writing={writing} onChange={setWriting} />
        </div>
      </div>
      <div className="flex min-w-0 flex-col gap-3 lg:sticky lg:top-0">
        <RecordPlan
          cluster={cluster}
          topic={topic}
          source={source}
          gate={gate}
          body={mistakes.size === 0 ? { records: [recordOf(draft, zone)], ...writing } : null}
          missing={[...mistakes.keys()].map((part) => part.split("-")[0] ?? part)}
        />
      </div>
    </div>
  );
}

/** A choice that the topic does not have stays in sight: the plan says what is wrong with it. */
function partitionOptions(partitions: number | null, chosen: string) {
  const numbers = Array.from({ length: partitions ?? 0 }, (_, partition) => String(partition));
  return [
    { value: "", label: "By the key" },
    ...(chosen === "" || numbers.includes(chosen) ? numbers : [...numbers, chosen]).map((number) => ({
      value: number,
      label: `Partition ${number}`,
    })),
  ];
}
