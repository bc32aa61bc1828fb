"use client";
import { CircleX, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import type { Problem } from "@/lib/api/problem";
import { Button } from "./button";
import { Icon } from "./icon";
import { Link } from "./link";

/**
 * What happened, what to do, and the code small. `since` (a sentence) says how old the figures below it are. Where the address names
 * a cluster that is not configured, no action on it helps: the way out is the list of clusters.
 */
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
  const isElsewhere = problem.code === "cluster-not-found";
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
      {(onRetry || actions || isElsewhere) && (
        <div className="flex flex-wrap gap-2">
          {onRetry && (
            <Button icon={RefreshCw} onClick={onRetry}>
              Try again
            </Button>
          )}
          {isElsewhere ? (
            <Link href="/clusters" look="button">
              All clusters
            </Link>
          ) : (
            actions
          )}
        </div>
      )}
    </div>
  );
}
