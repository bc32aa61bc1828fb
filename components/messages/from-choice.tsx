"use client";
import { History } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ChoiceButton } from "@/components/ui/choice-button";
import { Field, Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { Segmented } from "@/components/ui/segmented";
import { isMisread, rangeText, readTypedRange, utcOffset, viewerOffset } from "@/lib/api/range";
import { usePreferences } from "@/lib/client/preferences";
import { isBackwards, type Range, rangeSentence, rangeWords } from "./range-words";
import { TimeFields } from "./time-fields";

const quick = [
  { label: "Newest", from: "newest" },
  { label: "Oldest", from: "oldest" },
  { label: "Last 15 min", from: "time:-15m" },
  { label: "Last hour", from: "time:-1h" },
  { label: "Last 24 h", from: "time:-24h" },
] as const;

type Props = { range: Range; following: boolean; onChange: (range: Range) => void };

/** Where reading begins and ends: some usual places, times, or anything the one box understands. */
export function FromChoice({ range, following, onChange }: Props) {
  const { zone } = usePreferences();
  const isNow = following && range.from === "newest";
  return (
    <Popover
      label="Where to read"
      align="start"
      width={420}
      button={(opener) => (
        <ChoiceButton icon={History} label="From" opener={opener}>
          {isNow ? "now on" : rangeWords(range, zone)}
        </ChoiceButton>
      )}
    >
      {(close) => (
        <RangeForm
          range={range}
          onChange={(next) => {
            close();
            onChange(next);
          }}
        />
      )}
    </Popover>
  );
}

const grammar = "1000:2000, 3=120, end-50, start+10, @-1h, @-2h:@-1h, @2026-11-22T10:00:@now";

function RangeForm({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
  const { zone } = usePreferences();
  const [typed, setTyped] = useState(() => rangeText({ from: range.from, until: range.until || undefined }));
  // Who leaves the newest records for a place wants to see that place first.
  const [direction, setDirection] = useState(range.from !== "newest" && isBackwards(range) ? "older" : "newer");
  const read = readTypedRange(typed, zone === "utc" ? utcOffset : viewerOffset, Date.now());
  // From the newest record there is one way only.
  const found: Range | null = isMisread(read)
    ? null
    : {
        from: read.from,
        until: read.until ?? "",
        direction: read.from === "newest" || direction === "newer" ? "" : "older",
      };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (found) onChange(found);
      }}
    >
      <div className="flex flex-wrap gap-1.5">
        {quick.map(({ label, from }) => (
          <Button
            key={from}
            aria-pressed={range.from === from && range.until === ""}
            className="px-2! aria-pressed:border-accent aria-pressed:bg-selected"
            onClick={() => onChange({ from, until: "", direction: from.startsWith("time:") ? "older" : "" })}
          >
            {label}
          </Button>
        ))}
      </div>
      <Field
        label="Offsets or times"
        error={isMisread(read) ? read.problem : null}
        hint={found ? rangeSentence(found, zone) : undefined}
      >
        {(control) => <Input {...control} mono value={typed} onChange={setTyped} placeholder="newest" />}
      </Field>
      <p className="-mt-2 font-mono text-11 leading-4 text-muted">{grammar}</p>
      <TimeFields found={found} onTyped={setTyped} />
      <div className="flex flex-wrap items-center gap-2">
        {found && found.from !== "newest" && (
          <Segmented
            label="Order"
            value={direction}
            options={[
              { value: "older", label: "Newest first" },
              { value: "newer", label: "Oldest first" },
            ]}
            onChange={setDirection}
          />
        )}
        <Button type="submit" look="primary" className="ms-auto" disabled={found === null}>
          Read from there
        </Button>
      </div>
    </form>
  );
}
