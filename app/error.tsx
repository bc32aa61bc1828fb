"use client";
import { Page } from "@/components/ui/page";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { makeProblem } from "@/lib/api/problem";

/** A page that failed to draw. The frame stays, so every other page can still be reached. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const problem = makeProblem("unexpected", "This page could not be drawn.", {
    todo: "Try again; if it stays, reload the page.",
    ...(error.digest ? { id: error.digest } : {}),
  });
  return (
    <Page title="This page failed">
      <ProblemPanel problem={problem} onRetry={reset} />
    </Page>
  );
}
