/** The topics of a plan with their partitions; each narrows the table to itself. Nothing where there is one only. */
export function TopicChips({
  of: rows,
  only,
  onChange,
}: {
  of: readonly { topic: string }[];
  only: string;
  onChange: (topic: string) => void;
}) {
  const counts = Map.groupBy(rows, ({ topic }) => topic);
  if (counts.size < 2) return null;
  return (
    <fieldset className="flex max-h-[92px] shrink-0 flex-wrap items-center gap-1.5 overflow-y-auto border-b border-border px-3 py-2">
      <legend className="sr-only">Topics of the plan</legend>
      {[...counts].map(([topic, of]) => (
        <button
          key={topic}
          type="button"
          aria-pressed={only === topic}
          onClick={() => onChange(only === topic ? "" : topic)}
          className="inline-flex h-6 max-w-[280px] items-center gap-1.5 rounded-control border border-border-strong bg-raised px-2 text-12 whitespace-nowrap hover:bg-hover aria-pressed:border-accent aria-pressed:bg-selected max-md:h-9"
        >
          <span className="truncate" title={topic}>
            {topic}
          </span>
          <span className="text-muted tabular-nums">{of.length}</span>
        </button>
      ))}
    </fieldset>
  );
}
