"use client";
import { Bookmark, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Field, Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { removeFilter, type SavedFilter, saveFilter, useSavedFilters } from "@/lib/client/saved-filters";
import { isSearch, searchNames } from "@/lib/client/search-names";
import { messageUrl, noSearch, type SearchUrl } from "./message-url";

/** What a filter looks for, in one line. */
const said = ({ search }: SavedFilter): string =>
  search.filter || [search.q, search.key, search.value, search.headers].filter(Boolean).join(", ");

/** Only parameters that are known, so that an old list cannot put anything else into the address. */
const searchIn = ({ search }: SavedFilter): SearchUrl =>
  Object.fromEntries(searchNames.map((name) => [name, search[name] ?? messageUrl[name]])) as SearchUrl;

type Props = { cluster: string; topic: string; search: SearchUrl; onChoose: (search: SearchUrl) => void };

/** Searches kept in this browser, for this topic or the whole cluster. */
export function SavedFilters({ cluster, topic, search, onChoose }: Props) {
  const saved = useSavedFilters().filter(
    (each) => each.cluster === cluster && (each.topic === null || each.topic === topic),
  );
  return (
    <Popover
      label="Saved filters"
      width={360}
      button={(opener) => (
        <Button icon={Bookmark} {...opener} className="max-md:hidden">
          Saved
        </Button>
      )}
    >
      {(close) => (
        <div className="flex flex-col gap-3">
          {saved.length === 0 && <p className="text-muted">No filter is saved for this topic yet.</p>}
          <ul className="flex max-h-[300px] flex-col overflow-y-auto empty:hidden">
            {saved.map((filter) => (
              <li key={`${filter.name} ${filter.topic}`} className="flex items-center gap-1">
                <button
                  type="button"
                  className="flex min-w-0 flex-1 flex-col rounded-control px-1.5 py-1 text-start hover:bg-hover"
                  onClick={() => {
                    close();
                    onChoose(searchIn(filter));
                  }}
                >
                  <span className="w-full truncate">
                    {filter.name} {filter.topic === null && <span className="text-12 text-muted">every topic</span>}
                  </span>
                  <span className="w-full truncate font-mono text-12 text-muted">{said(filter)}</span>
                </button>
                <IconButton label={`Remove ${filter.name}`} icon={X} onClick={() => removeFilter(filter)} />
              </li>
            ))}
          </ul>
          {isSearch(search) && <SaveForm cluster={cluster} topic={topic} search={search} />}
        </div>
      )}
    </Popover>
  );
}

function SaveForm({ cluster, topic, search }: Omit<Props, "onChoose">) {
  const [name, setName] = useState("");
  const [everywhere, setEverywhere] = useState(false);
  return (
    <form
      className="flex flex-col gap-2 border-t border-border pt-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        const kept = Object.fromEntries(
          Object.entries(search).filter(([each, text]) => text !== noSearch[each as keyof SearchUrl]),
        );
        if (name.trim() === "") return;
        saveFilter({ name: name.trim(), cluster, topic: everywhere ? null : topic, search: kept });
        setName("");
      }}
    >
      <Field label="Save this search as" hint="Kept in this browser. The address holds the search too, for sharing.">
        {(control) => <Input {...control} value={name} onChange={setName} maxLength={80} />}
      </Field>
      <div className="flex items-center gap-2">
        <Checkbox checked={everywhere} onChange={setEverywhere}>
          For every topic
        </Checkbox>
        <Button type="submit" className="ms-auto" disabled={name.trim() === ""}>
          Save
        </Button>
      </div>
    </form>
  );
}
