"use client";
import { useState } from "react";
import { Field } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { useSettled } from "@/components/ui/use-settled";
import type { Taking } from "@/lib/client/record-file";
import { LinesFile } from "./lines-file";
import { LinesPlan } from "./lines-plan";
import { LinesResult } from "./lines-result";
import { type LinesSource, useLinesRun } from "./use-lines-run";
import { standardWriting, type Writing, WritingFields } from "./writing-fields";

const example = `{"key": "order-1", "value": "{\\"status\\": \\"NEW\\"}"}
{"key": "order-2", "value": null, "headers": [{"key": "trace", "value": "4bf9"}]}
{"key": {"base64": "AAE="}, "value": {"base64": "3q2+7w=="}, "partition": 3}`;

/** Many records: pasted, or a file that is read here and never uploaded whole. */
export function LinesForm({
  cluster,
  topic,
  partitions,
}: {
  cluster: string;
  topic: string;
  partitions: number | null;
}) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<LinesSource | null>(null);
  const [taking, setTaking] = useState<Taking>({ partition: true, timestamp: true });
  const [writing, setWriting] = useState<Writing>(standardWriting);
  const lines = useLinesRun(cluster, topic);
  const source = useSource(text, chosen);
  if (source && lines.run.phase !== "idle")
    return (
      <LinesResult
        cluster={cluster}
        topic={topic}
        name={source.name}
        run={lines.run}
        onStop={lines.stop}
        onProceed={(withDoubtful) => lines.proceed({ source, taking, writing, partitions }, withDoubtful)}
        onAnother={lines.reset}
      />
    );
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_380px]">
      <div className="flex min-w-0 flex-col gap-4">
        <LinesFile chosen={chosen} onChoose={setChosen} />
        {!chosen && (
          <Field
            label="JSON lines"
            hint="A record a line, as an export writes them. Payloads are texts, so JSON stands in quotes; bytes that are no text go as base64."
          >
            {(control) => (
              <TextArea {...control} rows={16} wrap="off" value={text} placeholder={example} onChange={setText} />
            )}
          </Field>
        )}
        <div className="grid gap-3 md:grid-cols-2">
          <FromLines
            label="Partition"
            taken={taking.partition}
            other="By the key"
            onChange={(partition) => setTaking({ ...taking, partition })}
          />
          <FromLines
            label="Timestamp"
            taken={taking.timestamp}
            other="Now"
            onChange={(timestamp) => setTaking({ ...taking, timestamp })}
          />
          <WritingFields writing={writing} onChange={setWriting} />
        </div>
      </div>
      <Panel title="Plan" meta="nothing has been written yet" className="lg:sticky lg:top-0">
        <LinesPlan
          key={source?.id}
          source={source}
          taking={taking}
          partitions={partitions}
          onSend={(total) => source && lines.start({ source, taking, writing, partitions }, total)}
        />
      </Panel>
    </div>
  );
}

/** What is sent: the file that was chosen, or what is pasted, once it has not changed for a moment. */
function useSource(text: string, chosen: LinesSource | null): LinesSource | null {
  const settled = useSettled(text);
  const [pasted, setPasted] = useState<{ text: string; source: LinesSource } | null>(null);
  if (chosen !== null) return chosen;
  if (settled.trim() === "" || settled !== text) return null;
  if (pasted?.text === settled) return pasted.source;
  const source = { id: Date.now(), name: "what was pasted", file: new Blob([settled]) };
  setPasted({ text: settled, source });
  return source;
}

type Choice = { label: string; taken: boolean; other: string; onChange: (taken: boolean) => void };

const FromLines = ({ label, taken, other, onChange }: Choice) => (
  <Field label={label}>
    {({ invalid: _, ...control }) => (
      <Select
        {...control}
        value={taken ? "lines" : "other"}
        options={[
          { value: "lines", label: `As in the lines, else ${other.toLowerCase()}` },
          { value: "other", label: other },
        ]}
        onChange={(which) => onChange(which === "lines")}
      />
    )}
  </Field>
);
