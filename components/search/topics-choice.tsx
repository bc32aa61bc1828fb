"use client";
import { ChevronDown, Rows3 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Icon } from "@/components/ui/icon";
import { FilterInput } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { compileFilter } from "@/lib/api/filter";
import type { TopicSummary } from "@/lib/api/topics";
import { counted, integer } from "@/lib/format";
import { type SearchUrl, topicsOf } from "./search-url";

type Props = {
  state: SearchUrl;
  topics: readonly TopicSummary[] | null;
  chosen: readonly string[] | null;
  onChange: (change: Partial<SearchUrl>) => void;
};

/** Topics with a box of their own; of more, a filter chooses. */
const MOST_LISTED = 300;

/** In which topics: all, those whose names fit, or some that are ticked. */
export function TopicsChoice({ state, topics, chosen, onChange }: Props) {
  const count = chosen?.length;
  const words =
    count === undefined
      ? "All topics"
      : state.topics !== ""
        ? counted(count, "topic")
        : state.names !== ""
          ? `${counted(count, "topic")} like ${state.names}`
          : `All ${counted(count, "topic")}`;
  return (
    <Popover
      label="Topics"
      align="start"
      width={360}
      button={(opener) => (
        <button
          type="button"
          {...opener}
          className="inline-flex h-control max-w-[300px] min-w-0 items-center gap-1.5 rounded-control border border-border-control bg-raised px-2 text-start hover:bg-hover"
        >
          <Icon of={Rows3} className="text-muted" />
          <span className="min-w-0 flex-1 truncate">{words}</span>
          <Icon of={ChevronDown} className="ms-2 text-muted" />
        </button>
      )}
    >
      {(close) => <Choosing state={state} topics={topics ?? []} onChange={onChange} onDone={close} />}
    </Popover>
  );
}

function Choosing({
  state,
  topics,
  onChange,
  onDone,
}: Omit<Props, "chosen" | "topics"> & { topics: readonly TopicSummary[]; onDone: () => void }) {
  const [draft, setDraft] = useState({ topics: state.topics, names: state.names, internal: state.internal });
  const { problem } = compileFilter(draft.names);
  const fitting = topicsOf({ ...draft, topics: "" }, topics);
  const ticked = new Set(draft.topics === "" ? fitting : draft.topics.split(","));
  const count = draft.topics === "" ? fitting.length : ticked.size;
  const toggle = (name: string, on: boolean) => {
    const next = new Set(draft.topics === "" ? [] : ticked);
    if (on) next.add(name);
    else next.delete(name);
    setDraft({ ...draft, topics: [...next].join(",") });
  };
  return (
    <div className="flex flex-col gap-2">
      <FilterInput
        value={draft.names}
        invalid={problem !== null}
        onChange={(names) => setDraft({ ...draft, names })}
        className="flex-none"
      />
      {problem !== null && <span className="text-12 text-bad">{problem}</span>}
      <Checkbox checked={draft.internal === "1"} onChange={(on) => setDraft({ ...draft, internal: on ? "1" : "" })}>
        Internal topics too
      </Checkbox>
      <div className="flex max-h-[260px] flex-col gap-1 overflow-y-auto rounded-panel border border-border p-2">
        <Checkbox checked={draft.topics === ""} onChange={() => setDraft({ ...draft, topics: "" })}>
          {draft.names === "" ? "All" : "All that fit"} <span className="text-muted">{integer(fitting.length)}</span>
        </Checkbox>
        {[...new Set([...(draft.topics === "" ? [] : ticked), ...fitting])].slice(0, MOST_LISTED).map((name) => (
          <Checkbox key={name} checked={draft.topics !== "" && ticked.has(name)} onChange={(on) => toggle(name, on)}>
            <span className="wrap-anywhere">{name}</span>
          </Checkbox>
        ))}
        {fitting.length > MOST_LISTED && (
          <span className="text-12 text-muted">and {integer(fitting.length - MOST_LISTED)} more: filter them</span>
        )}
      </div>
      <Button
        look="primary"
        className="self-start"
        disabled={count === 0 || problem !== null}
        onClick={() => {
          onChange(draft);
          onDone();
        }}
      >
        Search {counted(count, "topic")}
      </Button>
    </div>
  );
}
