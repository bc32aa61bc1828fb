"use client";
import { useState } from "react";
import { Field, Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { Term } from "@/components/ui/term";
import type { ConfigEntry } from "@/lib/api/configs";
import { collidingTopic } from "@/lib/api/topic-name";
import { assignmentText, parseAssignment, spread } from "./assignment";
import { bodyOfDraft, type Draft, mistakesIn, safetyWords } from "./create-draft";
import { CreateTopicConfigs } from "./create-topic-configs";
import { CreateTopicVerdict } from "./create-topic-verdict";

type Props = {
  cluster: string;
  initial: Draft;
  /** Names that are taken. */
  existing: readonly string[];
  /** Ids of the brokers there are; null: not known. */
  brokers: readonly number[] | null;
  /** Configs a topic may have, with what it would inherit; null until they are known. */
  known: readonly ConfigEntry[] | null;
};

/** Name, size and configs at the left; at the right what the broker says to them, and the button. */
export function CreateTopicForm({ cluster, initial, existing, brokers, known }: Props) {
  const [draft, setDraft] = useState(initial);
  const [left, setLeft] = useState(false);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const mistakes = mistakesIn(draft, brokers);
  const taken = existing.includes(draft.name);
  const collision = collidingTopic(draft.name, existing);
  const nameProblem = draft.name !== "" || left ? nameWords(mistakes.name, taken, draft.name) : null;
  const least = draft.configs["min.insync.replicas"] ?? inherited(known, "min.insync.replicas");
  const factor = draft.placing === "hand" ? handFactor(draft.assignment) : numberIn(draft.replicationFactor);
  const safety = safetyWords(factor, numberIn(least ?? ""));
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_380px]">
      <div className="flex min-w-0 flex-col gap-4">
        <Field
          label="Name"
          hint={collision ? undefined : "Letters, digits, . _ and -. It cannot be changed later."}
          error={nameProblem ?? (collision && collisionWords(collision))}
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              value={draft.name}
              onChange={(name) => set({ name })}
              onBlur={() => setLeft(true)}
              className="max-w-[480px]"
            />
          )}
        </Field>
        <Segmented
          label="Who places the replicas"
          value={draft.placing}
          options={[
            { value: "kafka", label: "Kafka places the replicas" },
            { value: "hand", label: "I place them" },
          ]}
          onChange={(placing) =>
            set({
              placing,
              assignment: draft.assignment || firstAssignment(draft, brokers ?? []),
            })
          }
        />
        {draft.placing === "kafka" ? (
          <div className="grid gap-4 md:max-w-[480px] md:grid-cols-2">
            <Field
              label={<Term id="partition">Partitions</Term>}
              hint="Nothing typed: the broker's num.partitions."
              error={mistakes.partitions}
            >
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  value={draft.partitions}
                  onChange={(partitions) => set({ partitions: partitions.trim() })}
                />
              )}
            </Field>
            <Field
              label={<Term id="replica">Replication factor</Term>}
              hint="Nothing typed: default.replication.factor."
              error={mistakes.replicationFactor}
            >
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  value={draft.replicationFactor}
                  onChange={(replicationFactor) => set({ replicationFactor: replicationFactor.trim() })}
                />
              )}
            </Field>
          </div>
        ) : (
          <Field
            label="Brokers of each partition, the preferred leader first"
            hint={brokers ? `A line a partition. There are brokers ${brokers.join(", ")}.` : "A line a partition."}
            error={mistakes.assignment}
          >
            {({ invalid, ...control }) => (
              <textarea
                {...control}
                aria-invalid={invalid || undefined}
                spellCheck={false}
                rows={Math.min(14, Math.max(4, draft.assignment.split("\n").length + 1))}
                value={draft.assignment}
                onChange={(event) => set({ assignment: event.target.value })}
                className={`max-w-[480px] rounded-control border bg-raised px-2 py-1 font-mono text-12 ${invalid ? "border-bad" : "border-border-control"}`}
              />
            )}
          </Field>
        )}
        {safety && (
          <p className={`-mt-2 text-12 ${safety.tone === "warn" ? "text-warn" : "text-muted"}`}>{safety.text}</p>
        )}
        <CreateTopicConfigs known={known} configs={draft.configs} onChange={(configs) => set({ configs })} />
      </div>
      <Panel title="What the broker says" className="lg:sticky lg:top-0">
        <CreateTopicVerdict cluster={cluster} body={taken ? null : bodyOfDraft(draft, brokers)} />
      </Panel>
    </div>
  );
}

const nameWords = (mistake: string | null, taken: boolean, name: string): string | null =>
  mistake ?? (taken ? `There is a topic ${name} already.` : null);

const collisionWords = (other: string): string =>
  `It differs from ${other} by . and _ only. Kafka's metrics write both alike, and its controller refuses the second.`;

const numberIn = (text: string): number | null => (/^\d{1,6}$/.test(text) ? Number(text) : null);

const inherited = (known: readonly ConfigEntry[] | null, name: string): string | null =>
  known?.find((entry) => entry.name === name)?.value ?? null;

const handFactor = (text: string): number | null =>
  parseAssignment(text, null).assignment?.[0]?.replicas.length ?? null;

/** What the editor starts from: the numbers typed so far, spread evenly. */
const firstAssignment = ({ partitions, replicationFactor }: Draft, brokers: readonly number[]): string =>
  assignmentText(spread(Math.min(numberIn(partitions) ?? 3, 1000), numberIn(replicationFactor) ?? 3, brokers));
