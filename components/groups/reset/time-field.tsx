"use client";
import { Clock } from "lucide-react";
import { useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { epochOfText } from "@/components/ui/time-text";
import { usePreferences } from "@/lib/client/preferences";
import { age, timeParts, type Zone, zoneLabel } from "@/lib/format";

type Props = {
  /** ISO 8601; empty: none yet. */
  value: string;
  onChange: (value: string) => void;
};

const textOf = (iso: string, zone: Zone): string => {
  const parts = timeParts(Date.parse(iso), zone);
  return parts === null ? "" : `${parts.date} ${parts.time}`;
};

/** A moment in the zone that is shown, typed or chosen from a calendar. The address keeps it in UTC. */
export function TimeField({ value, onChange }: Props) {
  const { zone } = usePreferences();
  return <ZonedField key={zone} zone={zone} value={value} onChange={onChange} />;
}

function ZonedField({ value, onChange, zone }: Props & { zone: Zone }) {
  const calendar = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(() => textOf(value, zone));
  const [left, setLeft] = useState(false);
  const type = (typed: string) => {
    const epoch = epochOfText(typed, zone);
    setText(typed);
    onChange(epoch === null ? "" : new Date(Number(epoch)).toISOString());
  };
  const isWrong = left && text !== "" && value === "";
  const now = Date.now();
  return (
    <div className="flex flex-col gap-1">
      <span className="relative flex items-center">
        <span className="absolute left-0 z-1">
          <IconButton label="Choose from a calendar" icon={Clock} onClick={() => calendar.current?.showPicker()} />
        </span>
        <input
          ref={calendar}
          type="datetime-local"
          step={1}
          tabIndex={-1}
          aria-hidden
          className="pointer-events-none absolute bottom-0 left-0 size-0 opacity-0"
          onChange={(event) => event.target.value !== "" && type(event.target.value.replace("T", " "))}
        />
        <Input
          aria-label={`Time, ${zoneLabel(zone)}`}
          aria-describedby="reset-time-says"
          placeholder="2026-11-22 06:00:00.000"
          value={text}
          invalid={isWrong}
          onChange={type}
          onBlur={() => setLeft(true)}
          className="w-full ps-8! pe-12! max-md:ps-10! tabular-nums"
        />
        <span className="pointer-events-none absolute right-2 text-12 text-muted">{zoneLabel(zone)}</span>
      </span>
      <p id="reset-time-says" className={`text-12 leading-4 ${isWrong ? "text-bad" : "text-muted"}`}>
        {isWrong
          ? "Write it as 2026-11-22 06:00:00; seconds may be left out."
          : value === ""
            ? "First record at or after this time."
            : Date.parse(value) > now
              ? "In the future: partitions without so late a record go to the end."
              : `First record at or after this time. ${sentenceOf(age(now - Date.parse(value)))}`}
      </p>
    </div>
  );
}

const sentenceOf = (words: string) => `${words[0]?.toUpperCase()}${words.slice(1)}.`;
