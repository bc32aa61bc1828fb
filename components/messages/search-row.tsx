"use client";
import { Search, Square } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { usePhone } from "@/components/ui/use-media";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { CelInput } from "./cel-input";
import { FilterSays, useFilterCheck } from "./filter-says";
import { noSearch, type SearchUrl, sameSearch } from "./message-url";
import { SavedFilters } from "./saved-filters";
import { TextInput } from "./text-input";

const modes = [
  { value: "text", label: "Text" },
  { value: "cel", label: "CEL" },
] as const;
type Mode = (typeof modes)[number]["value"];

const modeOf = (search: SearchUrl): Mode => (search.filter === "" ? "text" : "cel");

type Props = {
  cluster: string;
  topic: string;
  /** What the address looks for; what is typed becomes it when it is run. */
  search: SearchUrl;
  /** A search is under way: Stop stands in the place of Search. */
  running: boolean;
  /** Fields seen in the records loaded, asked for when a filter is completed. */
  fields: () => string[];
  onSearch: (search: SearchUrl) => void;
  /** The same search once more. */
  onAgain: () => void;
  onStop: () => void;
};

/** What is looked for: a text or a CEL filter. It runs by Enter, Ctrl or Cmd and Enter, or the button. */
export function SearchRow({ cluster, topic, search, running, fields, onSearch, onAgain, onStop }: Props) {
  const isPhone = usePhone();
  const [draft, setDraft] = useState(search);
  const [mode, setMode] = useState<Mode>(modeOf(search));
  const [seen, setSeen] = useState(search);
  // Back, a saved filter or a link changes the address: what is typed follows it.
  if (!sameSearch(seen, search)) {
    setSeen(search);
    setDraft(search);
    if (!sameSearch(search, noSearch)) setMode(modeOf(search));
  }
  const asked: SearchUrl = mode === "cel" ? { ...noSearch, filter: draft.filter } : { ...draft, filter: "" };
  const check = useFilterCheck(cluster, asked);
  const run = () => {
    if (check.problem !== null) return;
    if (sameSearch(asked, search)) onAgain();
    else onSearch(asked);
  };
  useShortcuts({ "mod+Enter": run });
  const change = (part: Partial<SearchUrl>) => setDraft((old) => ({ ...old, ...part }));
  const other = () => setMode(mode === "cel" ? "text" : "cel");
  const isDirty = !sameSearch(asked, search);
  const words = running && !isDirty ? "Stop" : "Search";
  const act = running && !isDirty ? onStop : run;
  return (
    <search className="flex shrink-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-2">
        {isPhone ? (
          // One button that names what is chosen: two would take the room of the text.
          <Button aria-label={`Look for: ${mode === "cel" ? "CEL" : "Text"}`} className="px-2!" onClick={other}>
            {mode === "cel" ? "CEL" : "Text"}
          </Button>
        ) : (
          <Segmented label="Look for" value={mode} options={[...modes]} onChange={setMode} />
        )}
        {mode === "cel" ? (
          <CelInput
            value={draft.filter}
            check={check}
            fields={fields}
            onChange={(filter) => change({ filter })}
            onRun={run}
          />
        ) : (
          <TextInput draft={draft} onChange={change} onRun={run} />
        )}
        <SavedFilters cluster={cluster} topic={topic} search={asked} onChoose={onSearch} />
        <Button
          icon={words === "Stop" ? Square : Search}
          iconOnPhone
          className="w-[88px]"
          disabled={check.problem !== null && words === "Search" ? "The filter has a mistake" : false}
          onClick={act}
        >
          {words}
        </Button>
      </div>
      <FilterSays check={check} note={isDirty} text={mode === "cel" ? draft.filter : draft.q} />
    </search>
  );
}
