"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { groupHref } from "@/components/ui/group-href";
import { Page } from "@/components/ui/page";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { useMedia } from "@/components/ui/use-media";
import { useUrlState } from "@/components/ui/use-url-state";
import type { GroupDetail } from "@/lib/api/groups";
import { problemOfError } from "@/lib/client/call";
import { groupQuery } from "@/lib/client/groups";
import { useHoldRefresh } from "@/lib/client/refresh";
import { DonePanel } from "./done-panel";
import { resetUrl } from "./reset-url";
import { Steps } from "./steps";
import { useSetRun } from "./use-set-run";
import { useWish, Workbench } from "./workbench";

/** Sets the offsets of a group anew: a plan of every partition, its confirmation, what was read back, and the way to undo it. */
export function ResetPage({ cluster, group }: { cluster: string; group: string }) {
  useHoldRefresh("editing");
  const isWide = useMedia("(min-width: 1100px)");
  const [state, set] = useUrlState(resetUrl);
  const detail = useQuery({ ...groupQuery(cluster, group), meta: { ageless: true } });
  const { file, setFile, plan } = useWish(cluster, group, state);
  const run = useSetRun(cluster, () => plan.plan.refetch());
  const { usual, others } = useMemo(() => readBy(detail.data), [detail.data]);
  const problem = detail.error ? problemOfError(detail.error) : null;
  const isNew = problem?.code === "group-not-found";
  const href = groupHref(cluster, group);
  const isShare = detail.data?.type === "share";
  const step = run.done ? (run.done.result.failed > 0 ? 3 : 4) : run.busy ? 2 : plan.body && plan.plan.data ? 1 : 0;
  return (
    <Page
      title={isShare ? "Reset start offsets" : "Reset offsets"}
      meta={<span className="wrap-anywhere">of {group}</span>}
      actions={<Steps at={step} />}
      fill={isWide}
    >
      {problem && !isNew && <ProblemPanel problem={problem} onRetry={() => detail.refetch()} />}
      {run.done ? (
        <DonePanel done={run.done} run={run} groupHref={href} />
      ) : (
        <Workbench
          cluster={cluster}
          group={group}
          state={state}
          onChange={set}
          plan={plan}
          run={run}
          file={file}
          onFile={setFile}
          usual={isNew ? [] : usual}
          others={others}
          cancelHref={href}
        />
      )}
    </Page>
  );
}

/** The partitions a group has offsets of, and topics it reads without one. */
function readBy(detail: GroupDetail | undefined) {
  if (detail === undefined) return { usual: null, others: [] };
  const usual = detail.partitions.filter(({ committed }) => committed !== null);
  const taken = new Set(usual.map(({ topic }) => topic));
  return { usual, others: detail.topics.filter((topic) => !taken.has(topic)) };
}
