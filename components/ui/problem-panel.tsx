"use client";
import { CircleX, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import type { Problem } from "@/lib/api/problem";
import { Button } from "./button";
import { Icon } from "./icon";

/**
 * The problem carried by what a call threw, recognised by its shape (classes differ between bundles). Anything else, such as a
 * lost connection to Kafdeck itself, is told as such.
 */
export function problemFrom(error: unknown): Problem {
  if (
    typeof error === "object" &&
    error !== null &&
    "problem" in error &&
    typeof error.problem === "object" &&
    error.problem !== null &&
    "code" in error.problem
  ) {
    return error.problem as Problem;
  }
  const offline = error instanceof TypeError;
  return {
    type: "/help#problem-unexpected",
    code: "unexpected",
    status: 0,
    title: offline ? "Kafdeck did not answer" : "This page failed",
    detail: error instanceof Error && !offline ? error.message : undefined,
    todo: offline ? "Check that it still runs and that the network is up." : "Try again; if it stays, reload the page.",
    retry: true,
  };
}

/** What happened, what to do, and the code small. `since` (a sentence) says how old the figures below it are. */
export function ProblemPanel({
  problem,
  onRetry,
  actions,
  since,
}: {
  problem: Problem;
  onRetry?: () => void;
  actions?: ReactNode;
  since?: ReactNode;
}) {
  return (
    <div role="alert" className="flex shrink-0 flex-col gap-1.5 rounded-panel border border-bad bg-surface px-3 py-2.5">
      <div className="flex items-start gap-2">
        <Icon of={CircleX} className="mt-[3px] text-bad" />
        <b className="min-w-0 flex-1">{problem.title}</b>
        <span className="font-mono text-11 whitespace-nowrap text-muted">{problem.code}</span>
      </div>
      <p className="max-w-[110ch] text-ink-2 wrap-anywhere">
        {problem.detail && <>{problem.detail.replace(/([^.!?])$/, "$1.")} </>}
        {problem.todo}
        {problem.id && (
          <>
            {" "}
            Look for <code>{problem.id}</code> in the log.
          </>
        )}
        {since && <> {since}</>}
      </p>
      {(onRetry || actions) && (
        <div className="flex flex-wrap gap-2">
          {onRetry && (
            <Button icon={RefreshCw} onClick={onRetry}>
              Try again
            </Button>
          )}
          {actions}
        </div>
      )}
    </div>
  );
}
