import type { Problem } from "@/lib/api/problem";
import { counted } from "@/lib/format";

/** Most lines that are told; a file that is none has a thousand. */
const MOST_TOLD = 8;

/** What is wrong with the file, line by line where it has lines. */
export function FileProblem({ problem }: { problem: Problem }) {
  const errors = problem.errors ?? [];
  return (
    <div role="alert" className="flex flex-col gap-0.5 text-12 leading-4 text-bad wrap-anywhere">
      {errors.length === 0 ? (
        <span>
          {problem.title}. {problem.detail}
        </span>
      ) : (
        errors.slice(0, MOST_TOLD).map(({ field, detail }) => (
          <span key={`${field} ${detail}`}>
            {/\d/.test(field) ? `Line ${/\d+/.exec(field)?.[0]}: ` : ""}
            {detail}
          </span>
        ))
      )}
      {errors.length > MOST_TOLD && <span>and {counted(errors.length - MOST_TOLD, "more line")}</span>}
    </div>
  );
}
