"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Can, useAllowed, useDenied } from "@/components/ui/can";
import { ClusterMark, useMark } from "@/components/ui/cluster-mark";
import { CommandBlock } from "@/components/ui/command-block";
import { Link } from "@/components/ui/link";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Status } from "@/components/ui/status";
import { notify } from "@/components/ui/toast";
import { useSettled } from "@/components/ui/use-settled";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import type { Problem } from "@/lib/api/problem";
import type { CreateTopicBody, CreateTopicResult } from "@/lib/api/topics";
import { url } from "@/lib/api/url";
import { problemOfError } from "@/lib/client/call";
import { createTopicVerdictQuery, useCreateTopic } from "@/lib/client/topics";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { counted } from "@/lib/format";
import { createTopicCommand } from "@/lib/shell";
import { topicHref } from "./words";

/** The broker's verdict on what is typed, the same from a shell, and the button, live once the broker would do it. */
export function CreateTopicVerdict({ cluster, body }: { cluster: string; body: CreateTopicBody | null }) {
  const router = useRouter();
  const bootstrap = useBootstrap(cluster);
  const mark = useMark();
  const denied = useDenied("topics.create");
  const allowed = useAllowed("topics.create");
  const asked = useSettled(body);
  const settled = body !== null && JSON.stringify(body) === JSON.stringify(asked);
  const verdict = useQuery({
    ...createTopicVerdictQuery(cluster, asked ?? { name: "" }),
    enabled: settled && allowed,
  });
  const creation = useCreateTopic(cluster);
  const wouldDo = settled && verdict.data !== undefined;
  const create = () => {
    if (body === null || !wouldDo || creation.isPending) return;
    creation.mutate(body, {
      onSuccess: ({ name }) => {
        notify({ text: `Topic ${name} created.` });
        router.push(topicHref(cluster, name));
      },
    });
  };
  useShortcuts({ "mod+Enter": create });
  return (
    <div className="flex flex-col gap-3">
      <div aria-live="polite">
        {body === null ? (
          <p className="text-muted">
            Once the fields are right, the broker is asked whether it would create this topic.
          </p>
        ) : settled && verdict.error ? (
          <Refusal problem={problemOfError(verdict.error)} onRetry={() => verdict.refetch()} />
        ) : wouldDo ? (
          <Verdict result={verdict.data} />
        ) : (
          <p className="text-muted">{denied ?? "Asking the broker…"}</p>
        )}
      </div>
      {creation.error && <ProblemPanel problem={problemOfError(creation.error)} />}
      {body !== null && <CommandBlock label="The same from a shell" command={commandOf(body, bootstrap)} />}
      <div className="flex flex-wrap gap-2">
        <Can permission="topics.create">
          <Button look="primary" icon={Plus} disabled={!wouldDo} busy={creation.isPending} onClick={create}>
            Create topic
          </Button>
        </Can>
        <Link href={url`/clusters/${cluster}/topics`} look="button">
          Cancel
        </Link>
      </div>
      <p className="text-12 text-muted">
        Nothing has been written yet{mark && ` on ${mark.cluster}`}. {mark && <ClusterMark mark={mark} />}
      </p>
    </div>
  );
}

/** Asking again helps where the broker was not reached, not where it refused. */
const Refusal = ({ problem, onRetry }: { problem: Problem; onRetry: () => void }) => (
  <ProblemPanel problem={problem} onRetry={problem.retry ? onRetry : undefined} />
);

function Verdict({ result: { broker, partitions, replicationFactor, warnings } }: { result: CreateTopicResult }) {
  const what =
    partitions === null
      ? "this topic"
      : `${counted(partitions, "partition")}${replicationFactor === null ? "" : ` with ${counted(replicationFactor, "replica")} each`}`;
  return (
    <>
      <Status kind="passed" word={broker === null ? "The broker agrees" : `Broker ${broker} agrees`} />
      <p className="text-ink-2">It would create {what}.</p>
      {warnings.map((warning) => (
        <p key={warning.code} className="text-warn">
          {warning.detail}
        </p>
      ))}
    </>
  );
}

const commandOf = (body: CreateTopicBody, bootstrap: string | undefined): string =>
  createTopicCommand(
    {
      name: body.name,
      partitions: body.partitions ?? null,
      replicationFactor: body.replicationFactor ?? null,
      assignment: body.replicaAssignment?.map(({ replicas }) => replicas) ?? null,
      configs: body.configs ?? {},
    },
    bootstrap,
  );
