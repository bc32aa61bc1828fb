"use client";
import { Banner } from "@/components/ui/banner";
import { Late } from "@/components/ui/loaded";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Skeleton } from "@/components/ui/skeleton";
import { Warnings } from "@/components/ui/warnings";
import type { OffsetsPlan } from "@/lib/api/group-offsets";
import { problemOfError } from "@/lib/client/call";
import { PlanFoot } from "./plan-foot";
import { PlanHead } from "./plan-head";
import { PlanTable } from "./plan-table";
import { PlanTotals } from "./plan-totals";
import type { ResetPlan } from "./use-reset-plan";
import type { SetRun } from "./use-set-run";

type Props = {
  reset: ResetPlan;
  run: SetRun;
  /** What is missing before a plan can be made, as a sentence. */
  missing: string;
  refused: string | null;
  cancelHref: string;
};

/** The plan of what is wished, and the button that applies just that. */
export function PlanPanel({ reset: { body, plan, isReady }, run, missing, refused, cancelHref }: Props) {
  const shown = body === null ? undefined : plan.data;
  const problem = body !== null && plan.error ? problemOfError(plan.error) : null;
  return (
    <section
      aria-label="Plan"
      aria-busy={plan.isFetching || undefined}
      className="panel flex min-w-0 flex-col rounded-panel border border-border bg-surface lg:max-h-full lg:overflow-hidden"
    >
      <PlanHead
        plan={shown ?? null}
        madeAt={plan.dataUpdatedAt}
        busy={plan.isFetching}
        onRenew={() => plan.refetch()}
      />
      {body === null && <p className="px-3 py-2.5 text-muted">{missing}</p>}
      {problem && problem.code !== "offsets-unreadable" && (
        <div className="flex flex-col gap-2 p-3">
          {run.problem && <ProblemPanel problem={run.problem} />}
          <ProblemPanel problem={problem} onRetry={() => plan.refetch()} />
        </div>
      )}
      {problem?.code === "offsets-unreadable" && (
        <p className="px-3 py-2.5 text-muted">No plan yet: what is wrong with the file is said beside it.</p>
      )}
      {body !== null && !shown && !problem && (
        <Late>
          <div className="px-3 py-1">
            <Skeleton />
          </div>
        </Late>
      )}
      {shown && !problem && (
        <>
          <Told plan={shown} run={run} renewing={plan.isFetching} />
          <div className={`contents ${isReady ? "" : "[&>*]:opacity-60"}`}>
            <PlanTotals plan={shown} />
            <PlanTable plan={shown} />
          </div>
          <PlanFoot
            plan={shown}
            isReady={isReady}
            busy={run.busy}
            refused={refused}
            cancelHref={cancelHref}
            onApply={run.apply}
          />
        </>
      )}
    </section>
  );
}

/** What applying an older plan came to, and what this one could not ask. */
function Told({ plan, run: { outdated, problem }, renewing }: { plan: OffsetsPlan; run: SetRun; renewing: boolean }) {
  const isSaid = problem?.code === "group-not-empty" && plan.live.length > 0;
  const own = plan.problem !== null && plan.live.length === 0 ? plan.problem : null;
  if (!outdated && (problem === null || isSaid) && own === null && plan.warnings.length === 0) return null;
  return (
    <div className="flex shrink-0 flex-col gap-2 border-b border-border p-3">
      {outdated && (
        <Banner tone="warn">
          <b>Nothing was written: the group moved since that plan was made.</b> {problem?.detail}{" "}
          {renewing ? "A new plan is being made." : "This is a new plan: look at it and confirm again."}
        </Banner>
      )}
      {problem && !outdated && !isSaid && <ProblemPanel problem={problem} />}
      {own && <ProblemPanel problem={own} />}
      <Warnings of={plan.warnings} />
    </div>
  );
}
