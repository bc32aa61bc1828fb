"use client";
import { type ReactNode, useState } from "react";
import type { Problem } from "@/lib/api/problem";
import { problemOfError } from "@/lib/client/call";
import { GroupSays } from "./group-says";
import { MoveTo } from "./move-to";
import type { OffsetsFile } from "./offsets-file";
import { PlanPanel } from "./plan-panel";
import { ResetCommand } from "./reset-command";
import { type ResetUrl, type Target, targetOf, topicsOfText } from "./reset-url";
import { TopicsField } from "./topics-field";
import { useResetPlan } from "./use-reset-plan";
import type { SetRun } from "./use-set-run";

/** A partition the group has an offset of. */
export type Place = { topic: string; partition: number };

type Props = {
  cluster: string;
  /** Empty while a new one has no name. */
  group: string;
  state: ResetUrl;
  onChange: (change: Partial<ResetUrl>) => void;
  plan: ReturnType<typeof useResetPlan>;
  run: SetRun;
  file: OffsetsFile | null;
  onFile: (file: OffsetsFile | null) => void;
  /** What the group has offsets of; null while that is not known. */
  usual: readonly Place[] | null;
  /** Topics it reads and has no offsets of. */
  others: readonly string[];
  isNew?: boolean;
  /** Why it cannot be applied, beside what the plan says. */
  refused?: string | null;
  cancelHref: string;
  /** Above the choices: the name of a group that is created. */
  children?: ReactNode;
};

/** Where to, of which topics, and what comes of it: the choices at the left, their plan at the right. */
export function Workbench(props: Props) {
  const { cluster, group, state, onChange, plan, run, usual, others, isNew = false, refused = null } = props;
  const named = plan.named ?? (targetOf(state) === "file" || targetOf(state) === "group" ? [] : null);
  const offered = named === null ? others : [...others, ...(usual ?? []).map(({ topic }) => topic)];
  return (
    <>
      {plan.body !== null && plan.plan.data && !isNew && (
        <GroupSays
          plan={plan.plan.data}
          wasRefused={run.problem?.code === "group-not-empty"}
          busy={plan.plan.isFetching}
          onCheck={() => plan.plan.refetch()}
        />
      )}
      <div className="grid gap-4 max-lg:shrink-0 lg:min-h-0 lg:pb-3 lg:flex-1 lg:grid-cols-[304px_minmax(0,1fr)] lg:grid-rows-[minmax(0,1fr)]">
        <div className="flex min-h-0 min-w-0 flex-col gap-4 max-lg:contents lg:-ms-2 lg:overflow-x-hidden lg:overflow-y-auto lg:px-2 lg:pb-4">
          {props.children}
          <MoveTo
            cluster={cluster}
            group={group}
            state={state}
            onChange={onChange}
            file={props.file}
            onFile={props.onFile}
            fileProblem={fileProblemOf(plan.body === null ? null : plan.plan.error)}
            isNew={isNew}
          />
          <TopicsField
            cluster={cluster}
            value={state.topics}
            onChange={(topics) => onChange({ topics })}
            usual={named ?? usual}
            others={offered}
            isNew={isNew}
          />
          {plan.body && group !== "" && (
            <ResetCommand
              cluster={cluster}
              group={group}
              type={plan.plan.data?.type ?? null}
              body={plan.body}
              plan={plan.isReady ? plan.plan.data : undefined}
            />
          )}
        </div>
        <div className="min-h-0 min-w-0">
          <PlanPanel
            reset={plan}
            run={run}
            missing={missingOf(state, props.file, isNew, group)}
            refused={refused}
            cancelHref={props.cancelHref}
          />
        </div>
      </div>
    </>
  );
}

const fileProblemOf = (error: unknown): Problem | null => {
  const problem = error === null ? null : problemOfError(error);
  return problem?.code === "offsets-unreadable" ? problem : null;
};

const lacking: Record<Target, string> = {
  earliest: "Choose a topic.",
  latest: "Choose a topic.",
  time: "Give a time to see what would happen.",
  duration: "Say how long ago to see what would happen.",
  offset: "Give an offset to see what would happen.",
  shift: "Say how far to shift to see what would happen.",
  group: "Choose the group whose offsets are taken.",
  file: "Choose a file, drop it, or paste its lines to see what would happen.",
};

/** What is to be given before there is a plan. */
function missingOf(state: ResetUrl, file: OffsetsFile | null, isNew: boolean, group: string): string {
  if (isNew && group === "") return "Name the group first.";
  const target = targetOf(state);
  if (target === null)
    return `Choose where ${isNew ? "the group is to begin" : "the offsets go"}. Nothing is written before you confirm the plan.`;
  if (topicsOfText(state.topics)?.length === 0 || (target === "file" && file !== null))
    return "Choose at least one topic.";
  return lacking[target];
}

/** The file that is chosen and the plan of the wish: what a page keeps of it. */
export function useWish(cluster: string, group: string, state: ResetUrl) {
  const [file, setFile] = useState<OffsetsFile | null>(null);
  const plan = useResetPlan(cluster, group, state, file);
  return { file, setFile, plan };
}
