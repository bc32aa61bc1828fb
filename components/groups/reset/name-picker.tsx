"use client";
import { type ReactNode, useState } from "react";
import { FilterInput } from "@/components/ui/input";
import { compileFilter } from "@/lib/api/filter";
import { integer } from "@/lib/format";

/** Names with a button of their own; of more, the filter chooses. */
const MOST_LISTED = 200;

/** One name out of a list that is filtered by words; Enter takes the only one left. `names` are null while they are asked for. */
export function NamePicker({
  names,
  note,
  empty,
  onPick,
}: {
  names: readonly string[] | null;
  note?: (name: string) => ReactNode;
  /** A sentence where there is nothing to choose from. */
  empty: string;
  onPick: (name: string) => void;
}) {
  const [words, setWords] = useState("");
  const { matches, problem } = compileFilter(words);
  const fitting = (names ?? []).filter((name) => matches(name));
  const only = fitting.length === 1 ? fitting[0] : undefined;
  return (
    <div className="flex flex-col gap-2">
      <FilterInput
        focused
        value={words}
        invalid={problem !== null}
        onChange={setWords}
        onEnter={() => only !== undefined && onPick(only)}
        className="flex-none"
      />
      {problem !== null && <span className="text-12 text-bad">{problem}</span>}
      <ul className="-mx-1 flex max-h-[300px] flex-col overflow-y-auto">
        {fitting.slice(0, MOST_LISTED).map((name) => (
          <li key={name}>
            <button
              type="button"
              onClick={() => onPick(name)}
              className="flex min-h-7 w-full items-center gap-2 rounded-control px-1.5 text-start hover:bg-hover max-md:min-h-10"
            >
              <span className="min-w-0 flex-1 wrap-anywhere">{name}</span>
              {note && <span className="shrink-0 text-12 text-muted">{note(name)}</span>}
            </button>
          </li>
        ))}
      </ul>
      <span className="text-12 text-muted">
        {names === null
          ? "Asking for the list…"
          : names.length === 0
            ? empty
            : fitting.length === 0
              ? "None fits."
              : fitting.length > MOST_LISTED
                ? `and ${integer(fitting.length - MOST_LISTED)} more: filter them`
                : null}
      </span>
    </div>
  );
}
