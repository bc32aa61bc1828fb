"use client";
import { Search, SlidersHorizontal, Square } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { Select } from "@/components/ui/select";
import { usePhone } from "@/components/ui/use-media";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import type { TopicSummary } from "@/lib/api/topics";
import { RangeChoice } from "./range-choice";
import { isPattern, placeOf, places, type SearchUrl } from "./search-url";
import { TopicsChoice } from "./topics-choice";

type Props = {
  state: SearchUrl;
  /** All there are; null until they are known. */
  topics: readonly TopicSummary[] | null;
  /** Those that would be searched. */
  chosen: readonly string[] | null;
  running: boolean;
  onChange: (change: Partial<SearchUrl>, how: "push") => void;
  onStop: () => void;
  /** The same search once more. */
  onAgain: () => void;
};

/** The box, where it is looked for, in which topics and over which time. What is chosen is searched at once, what is typed on Enter. */
export function SearchForm({ state, topics, chosen, running, onChange, onStop, onAgain }: Props) {
  // What is typed; the address takes it up on Enter, and a new address replaces it.
  const [typed, setTyped] = useState({ of: state.q, text: state.q });
  const text = typed.of === state.q ? typed.text : state.q;
  const isPhone = usePhone();
  const change = (part: Partial<SearchUrl>) => onChange({ ...part, only: "" }, "push");
  const search = (event?: FormEvent) => {
    event?.preventDefault();
    if (text === "") return;
    if (text === state.q) onAgain();
    else change({ q: text });
  };
  useShortcuts({
    "/": () => document.querySelector<HTMLInputElement>("[data-search-box]")?.focus(),
    "mod+Enter": () => search(),
  });
  const choices = (
    <>
      <TopicsChoice state={state} topics={topics} chosen={chosen} onChange={change} />
      <RangeChoice key={`${state.from} ${state.until}`} state={state} onChange={change} />
      <Select
        aria-label="Transactions"
        value={state.isolation === "read_uncommitted" ? "read_uncommitted" : "read_committed"}
        options={[
          { value: "read_committed", label: "Read committed" },
          { value: "read_uncommitted", label: "Read uncommitted" },
        ]}
        onChange={(isolation) => change({ isolation })}
        className="w-[156px]"
      />
      <Select
        aria-label="Hits"
        value={state.limit}
        options={[...new Set(["100", "500", "5000", state.limit])].map((limit) => ({
          value: limit,
          label: `At most ${limit} hits`,
        }))}
        onChange={(limit) => change({ limit })}
        className="w-[150px]"
      />
      <Checkbox
        look="button"
        checked={isPattern(state)}
        onChange={(on) => change({ match: on ? "regex" : placeOf(state) === "key-is" ? "exact" : "contains" })}
      >
        Regular expression
      </Checkbox>
      <Checkbox look="button" checked={state.case === "1"} onChange={(on) => change({ case: on ? "1" : "0" })}>
        Capital letters count
      </Checkbox>
    </>
  );
  return (
    <div className="flex shrink-0 flex-col gap-2">
      <div className="flex min-w-0 items-center gap-2">
        <form onSubmit={search} className="flex min-w-0 flex-1 items-center gap-2">
          <Select
            aria-label="Where it is looked for"
            value={placeOf(state)}
            options={places.map(({ id, label }) => ({ value: id, label }))}
            onChange={(id) => {
              const place = places.find((each) => each.id === id);
              if (place) change({ in: place.in, match: isPattern(state) ? "regex" : place.match });
            }}
            className="w-[136px] shrink-0 max-md:w-[100px]"
          />
          <Input
            aria-label="Key or text"
            data-search-box=""
            autoFocus={state.q === ""}
            mono
            placeholder="order-1001"
            value={text}
            onChange={(next) => setTyped({ of: state.q, text: next })}
            className="flex-1"
          />
          {running ? (
            // Two buttons, not one that changes below the click: that click would then submit the form.
            <Button key="stop" icon={Square} onClick={onStop} iconOnPhone>
              Stop
            </Button>
          ) : (
            <Button key="search" type="submit" look="primary" icon={Search} iconOnPhone disabled={text === ""}>
              Search
            </Button>
          )}
        </form>
        {isPhone && <More>{choices}</More>}
      </div>
      {!isPhone && <div className="flex min-w-0 flex-wrap items-center gap-2 max-md:hidden">{choices}</div>}
    </div>
  );
}

/** On a phone the choices wait behind a button. */
const More = ({ children }: { children: ReactNode }) => (
  <Popover
    label="Topics, time and more"
    width={300}
    button={(opener) => (
      <IconButton label="Topics, time and more" icon={SlidersHorizontal} look="default" type="button" {...opener} />
    )}
  >
    <div className="flex flex-col items-start gap-2">{children}</div>
  </Popover>
);
