import type { ReactNode } from "react";
import type { Problem } from "@/lib/api/problem";
import { counted } from "@/lib/format";
import { Banner } from "./banner";

/** Which part it is about, for a list of several. */
const about = (warning: Problem): string =>
  [
    warning.broker === undefined ? null : `broker ${warning.broker}`,
    warning.topic,
    warning.partition === undefined ? null : `partition ${warning.partition}`,
  ]
    .filter((part) => part !== null && part !== undefined)
    .join(", ");

const sentence = (warning: Problem): string => {
  const where = about(warning);
  return `${where ? `${where[0]?.toUpperCase()}${where.slice(1)}: ` : ""}${warning.detail ?? warning.title}`.replace(
    /([^.!?])$/,
    "$1.",
  );
};

/** What could not be asked, above what could: the rest still stands. Nothing when there is nothing to tell. */
export function Warnings({ of: warnings, actions }: { of: Problem[]; actions?: ReactNode }) {
  const [first] = warnings;
  if (!first) return null;
  return (
    <Banner tone="warn" actions={actions}>
      {warnings.length === 1 ? (
        <>
          <b>{first.title}.</b> {sentence(first)} {first.todo}
        </>
      ) : (
        <details>
          <summary>
            <b>{counted(warnings.length, "question")} could not be answered.</b> The rest is shown; what is missing is
            marked —.
          </summary>
          <ul className="mt-1 max-h-40 overflow-y-auto">
            {warnings.map((warning) => (
              <li key={`${warning.code} ${about(warning)} ${warning.detail}`}>
                {sentence(warning)} <span className="font-mono text-11 text-muted">{warning.code}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Banner>
  );
}
