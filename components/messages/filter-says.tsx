"use client";
import { useQuery } from "@tanstack/react-query";
import { useSettled } from "@/components/ui/use-settled";
import type { FilterCheck } from "@/lib/api/messages";
import { filterCheckQuery } from "@/lib/client/messages";
import type { SearchUrl } from "./message-url";

/** What the API says of a filter or an expression: null while it is not asked, or the answer is not there. */
export type Check = {
  /** What was judged; what is typed since then is another text. */
  text: string;
  problem: NonNullable<FilterCheck["problem"]> | null;
  literals: readonly string[] | null;
};

const unknown: Check = { text: "", problem: null, literals: null };

/** Has a CEL filter or a regular expression checked once typing rests. Other texts need none. */
export function useFilterCheck(cluster: string, { filter, q, match }: SearchUrl): Check {
  const regex = match === "regex" && filter === "" ? q : "";
  const text = useSettled(filter || regex);
  const isCurrent = text !== "" && text === (filter || regex);
  const { data } = useQuery({
    ...filterCheckQuery(cluster, filter ? { filter: text } : { regex: text }),
    enabled: isCurrent,
  });
  return isCurrent && data ? { text, problem: data.problem, literals: data.literals } : unknown;
}

const listed = (literals: readonly string[]): string => {
  const quoted = literals.map((literal) => `“${literal}”`);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
};

/** Below the search: what is wrong and where, or (with `note`: it has not run yet) how it will be searched for. */
export function FilterSays({ check, text, note }: { check: Check; text: string; note: boolean }) {
  if (check.text === "" || check.literals === null) return null;
  const { problem, literals } = check;
  if (problem) {
    return (
      <p role="alert" className="text-12 text-bad wrap-anywhere">
        {problem.message}
        {problem.at !== null && (
          <span className="text-muted">
            {" "}
            At character {problem.at + 1}
            {text.slice(problem.at, problem.at + 12) && (
              <>
                : <code>{text.slice(problem.at, problem.at + 12)}</code>
              </>
            )}
          </span>
        )}
      </p>
    );
  }
  if (!note) return null;
  return (
    <p className="text-12 text-muted max-md:hidden">
      {literals.length === 0
        ? "Every record must be read for this."
        : `Looks for ${listed(literals)} first; batches without are passed over.`}
    </p>
  );
}
