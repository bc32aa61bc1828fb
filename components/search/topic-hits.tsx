import { integer } from "@/lib/format";
import type { SearchUrl } from "./search-url";

type Props = {
  of: { topic: string; hits: number }[];
  /** Topics that are searched. */
  searched: number;
  /** All that was asked for was looked through: only then a topic without a hit has none. */
  whole: boolean;
  only: string;
  onChange: (change: Partial<SearchUrl>, how: "push") => void;
};

/** The topics of the way in the order it comes to them; each narrows the table to itself. */
export function TopicHits({ of: found, searched, whole, only, onChange }: Props) {
  if (found.length === 0) return null;
  const without = searched - found.length;
  return (
    <fieldset className="flex shrink-0 flex-wrap items-center gap-1.5 max-md:flex-nowrap max-md:overflow-x-auto">
      <legend className="sr-only">Hits by topic</legend>
      {found.map(({ topic, hits }) => (
        <button
          key={topic}
          type="button"
          aria-pressed={only === topic}
          onClick={() => onChange({ only: only === topic ? "" : topic }, "push")}
          className="inline-flex h-6 max-w-[320px] items-center gap-1.5 rounded-control border border-border-strong bg-raised px-2 text-12 whitespace-nowrap hover:bg-hover aria-pressed:border-accent aria-pressed:bg-selected"
        >
          <span className="truncate" title={topic}>
            {topic}
          </span>
          <span className="text-muted tabular-nums">{integer(hits)}</span>
        </button>
      ))}
      {without > 0 && (
        <span className="text-12 whitespace-nowrap text-muted">
          {whole ? "none" : "none so far"} in {integer(without)} {without === 1 ? "other topic" : "other topics"}
        </span>
      )}
    </fieldset>
  );
}
