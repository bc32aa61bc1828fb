"use client";
import { useQuery } from "@tanstack/react-query";
import { Eraser, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ClusterMark, useMark } from "@/components/ui/cluster-mark";
import { CommandBlock } from "@/components/ui/command-block";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/input";
import { notify } from "@/components/ui/toast";
import type { TopicSummary } from "@/lib/api/topics";
import { type BulkResult, purgePlansQuery, useDeleteTopics, usePurgeTopics } from "@/lib/client/bulk-topics";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { counted, integer } from "@/lib/format";
import { exactly, kafkaCommand } from "@/lib/shell";
import { BulkTable } from "./bulk-table";
import { holdsWords } from "./words";

export type BulkKind = "delete" | "purge";

/** Deletes or empties several topics: the plan of each, one name to type, and then what became of each. */
export function BulkDialog({
  cluster,
  kind,
  topics,
  onClose,
}: {
  cluster: string;
  kind: BulkKind;
  topics: TopicSummary[];
  onClose: (done: boolean) => void;
}) {
  const names = topics.map(({ name }) => name);
  const plans = useQuery({ ...purgePlansQuery(cluster, names), enabled: kind === "purge" });
  const deletion = useDeleteTopics(cluster);
  const purge = usePurgeTopics(cluster);
  const [typed, setTyped] = useState("");
  const [results, setResults] = useState<BulkResult[]>([]);
  const stop = useRef(new AbortController());
  const bootstrap = useBootstrap(cluster);
  const mark = useMark();
  const planned = (plans.data ?? []).flatMap(({ topic, plan }) =>
    plan !== null && plan.records !== "0" ? [{ topic, plan }] : [],
  );
  const count = kind === "delete" ? topics.length : planned.length;
  const noun = counted(count, "topic");
  const word = topics.length === 1 ? (names[0] ?? "") : noun;
  const mutation = kind === "delete" ? deletion : purge;
  const started = !mutation.isIdle;
  const failed = results.filter(({ problem }) => problem !== null).length;
  const verbed = kind === "delete" ? "deleted" : "emptied";

  const options = {
    signal: stop.current.signal,
    onResult: (result: BulkResult) => setResults((before) => [...before, result]),
  };
  const start = () => {
    if (typed !== word || started || count === 0) return;
    if (kind === "delete")
      deletion.mutate({ ...options, items: topics.map(({ name, topicId }) => ({ topic: name, topicId })) });
    else purge.mutate({ ...options, items: planned });
  };
  const close = () => {
    stop.current.abort();
    if (mutation.isSuccess && failed === 0) notify({ text: `${counted(results.length, "topic")} ${verbed}.` });
    onClose(results.length > failed);
  };
  return (
    <Dialog
      open
      onClose={close}
      width={640}
      title={
        kind === "delete" ? `Delete ${counted(topics.length, "topic")}` : `Purge ${counted(topics.length, "topic")}`
      }
      footer={
        started ? (
          <Button data-focus="" onClick={close}>
            {mutation.isPending ? "Stop after these" : "Close"}
          </Button>
        ) : (
          <>
            <Button data-focus="" onClick={close}>
              Cancel
            </Button>
            <Button
              look="danger"
              icon={kind === "delete" ? Trash2 : Eraser}
              disabled={typed !== word || count === 0}
              onClick={start}
            >
              {kind === "delete" ? `Delete ${noun}` : `Purge ${noun}`}
            </Button>
          </>
        )
      }
    >
      {mark && (
        <p className="text-muted">
          on {mark.cluster} <ClusterMark mark={mark} />
        </p>
      )}
      {started ? (
        <p role="status">
          <b>
            {integer(results.length - failed)} of {noun} {verbed}.
          </b>{" "}
          {failed > 0 && `${counted(failed, "topic")} failed; the reason stands in the row. `}
          {mutation.isPending && "Working…"}
        </p>
      ) : (
        <p>
          {kind === "delete"
            ? `Every record goes, and the configs and committed offsets with it: ${holdsWords(topics)}. `
            : "Every record now in these topics goes; the topics and their configs stay. "}
          Nothing has been written yet.
        </p>
      )}
      {topics.some(({ internal }) => internal) && (
        <Banner tone="bad">
          <b>Internal topics are among them.</b> Kafka keeps its own state there; without it groups lose their offsets
          and transactions their outcome.
        </Banner>
      )}
      <BulkTable kind={kind} topics={topics} plans={plans.data ?? null} results={results} />
      {!started && count > 0 && (
        <>
          {kind === "delete" && (
            <CommandBlock
              label="The same from a shell"
              command={names
                .map((name) => kafkaCommand("kafka-topics", ["--delete", ["--topic", exactly(name)]], bootstrap))
                .join("\n")}
            />
          )}
          <Field label={topics.length === 1 ? "Type the name of the topic" : "Type how many topics"} hint={word}>
            {({ invalid, ...control }) => (
              <Input
                {...control}
                mono
                value={typed}
                onChange={setTyped}
                invalid={invalid}
                onKeyDown={(event) => event.key === "Enter" && start()}
              />
            )}
          </Field>
        </>
      )}
    </Dialog>
  );
}
