"use client";
import { useState } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { isMisread, readTypedRange, utcOffset, viewerOffset } from "@/lib/api/range";
import { usePreferences } from "@/lib/client/preferences";
import type { SearchUrl } from "./search-url";
import { ranges, typedRange } from "./search-words";

type Props = { state: SearchUrl; onChange: (change: Partial<SearchUrl>) => void };

/** Over which time: one of the usual spans, or a range that is typed. */
export function RangeChoice({ state, onChange }: Props) {
  const { zone } = usePreferences();
  const named = state.until === "" ? ranges.find(({ from }) => from === state.from) : undefined;
  const [typed, setTyped] = useState(named ? null : typedRange(state));
  const read = typed === null ? null : readTypedRange(typed, zone === "utc" ? utcOffset : viewerOffset, Date.now());
  const problem = read !== null && isMisread(read) ? read.problem : null;
  const take = () => {
    if (read === null || isMisread(read) || typed === "") return;
    const until = read.until ?? "";
    // Going forwards from the newest record there is nothing: the whole log is meant.
    const from = read.from === "newest" ? "oldest" : read.from;
    if (from !== state.from || until !== state.until) onChange({ from, until });
  };
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-2">
      <Select
        aria-label="Time range"
        value={typed === null ? (named?.from ?? "other") : "other"}
        options={[
          ...ranges.map(({ from, label }) => ({ value: from as string, label })),
          { value: "other", label: "Another range…" },
        ]}
        onChange={(from) => {
          if (from === "other") return setTyped(typedRange(state));
          setTyped(null);
          onChange({ from, until: "" });
        }}
        className="w-[150px]"
      />
      {typed !== null && (
        <Input
          aria-label="Range"
          title={problem ?? "@-2h, @2026-11-22T10:00:@now, end-50"}
          mono
          value={typed}
          invalid={problem !== null}
          placeholder="@-2h:@-1h"
          onChange={setTyped}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            take();
          }}
          className="w-[230px]"
        />
      )}
      {problem !== null && typed !== "" && <span className="text-12 text-bad">{problem}</span>}
    </span>
  );
}
