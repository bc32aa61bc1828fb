"use client";
import { CalendarClock, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Field, Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { usePhone } from "@/components/ui/use-media";
import type { UrlChange } from "@/components/ui/use-url-state";
import { type LagRange, lagRanges } from "@/lib/api/lag";
import { usePreferences } from "@/lib/client/preferences";
import {
  chosenSpan,
  fromWall,
  lastRange,
  type RangeUrl,
  rangeWords,
  spanUrl,
  spanWords,
  wallTime,
  zoneWord,
} from "./range";

const options = (Object.keys(lagRanges) as LagRange[]).map((value) => ({ value, label: rangeWords[value] }));

type Props = { url: RangeUrl; onChange: (change: Partial<RangeUrl>, how: UrlChange) => void };

/** Over which time charts are drawn: up to now, or between two moments, from which a button leads back. */
export function RangePicker({ url, onChange }: Props) {
  const { zone } = usePreferences();
  const isPhone = usePhone();
  const span = chosenSpan(url);
  const last = lastRange(url);
  const choose = (range: LagRange) => onChange({ range, from: "", until: "" }, "push");
  // A stretch that was dragged is none of the usual ones.
  const chosen = span === null ? last : ("" as LagRange);
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      {isPhone ? (
        <Select
          aria-label="Time range"
          value={chosen}
          options={span === null ? options : [{ value: chosen, label: "Other", disabled: true }, ...options]}
          onChange={choose}
          className="w-[96px]"
        />
      ) : (
        <Segmented label="Time range" value={chosen} options={options} onChange={choose} />
      )}
      <Popover
        label="Another time range"
        align="start"
        width={300}
        button={(opener) => <IconButton label="Another time range" icon={CalendarClock} {...opener} />}
      >
        {(close) => (
          <SpanForm
            span={span}
            length={lagRanges[last]}
            onChosen={(from, until) => {
              close();
              onChange(spanUrl(from, until), "push");
            }}
          />
        )}
      </Popover>
      {span === null ? (
        <span className="text-12 text-muted">
          <span className="max-md:sr-only">times in </span>
          {zoneWord(zone)}
        </span>
      ) : (
        <>
          <span className="text-12 text-ink-2 tabular-nums">{spanWords(span, zone)}</span>
          <Button icon={X} onClick={() => onChange({ from: "", until: "" }, "push")}>
            Back to the last {rangeWords[last]}
          </Button>
        </>
      )}
    </div>
  );
}

/** Two moments as date and time, for who would not, or cannot, drag. */
function SpanForm({
  span,
  length,
  onChosen,
}: {
  span: { from: number; until: number } | null;
  length: number;
  onChosen: (from: number, until: number) => void;
}) {
  const { zone } = usePreferences();
  const [{ from, until }, setWalls] = useState(() => {
    const shown = span ?? { from: Date.now() - length, until: Date.now() };
    return { from: wallTime(shown.from, zone), until: wallTime(shown.until, zone) };
  });
  const [start, end] = [fromWall(from, zone), fromWall(until, zone)];
  const isChosen = start !== null && end !== null && end > start;
  const box = { type: "datetime-local", step: 1, className: "w-full" } as const;
  return (
    <form
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isChosen) onChosen(start, end);
      }}
    >
      <Field label={`From, ${zoneWord(zone)}`}>
        {(control) => <Input {...control} {...box} value={from} onChange={(next) => setWalls({ from: next, until })} />}
      </Field>
      <Field
        label={`Until, ${zoneWord(zone)}`}
        error={start !== null && end !== null && end <= start ? "The end must come after the beginning." : undefined}
      >
        {(control) => (
          <Input {...control} {...box} value={until} onChange={(next) => setWalls({ from, until: next })} />
        )}
      </Field>
      <Button type="submit" disabled={!isChosen} className="self-start">
        Show
      </Button>
    </form>
  );
}
