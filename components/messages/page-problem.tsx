import { Button } from "@/components/ui/button";
import { ProblemPanel } from "@/components/ui/problem-panel";
import type { Problem } from "@/lib/api/problem";

type Props = {
  problem: Problem;
  /** Where the page was to begin. */
  from: string;
  onRetry: () => void;
  /** Reads from another place, without a range. */
  onRead: (from: "newest" | "oldest") => void;
};

/** Why a page could not be read, with places from which it can be. */
export const PageProblem = ({ problem, from, onRetry, onRead }: Props) => (
  <ProblemPanel
    problem={problem}
    onRetry={onRetry}
    actions={
      from === "newest" ? null : (
        <>
          <Button onClick={() => onRead("newest")}>Read the newest</Button>
          {problem.code === "offset-out-of-range" && <Button onClick={() => onRead("oldest")}>Read the oldest</Button>}
        </>
      )
    }
  />
);
