"use client";
import { type ReactNode, useState } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { dateTime, type Zone } from "@/lib/format";
import { readAgo, readWhole } from "./reset-url";

/** What stands below a field: how it is meant, or what is wrong with what was typed. */
export function Says({ id, wrong = false, children }: { id?: string; wrong?: boolean; children: ReactNode }) {
  return (
    <p id={id} className={`text-12 leading-4 ${wrong ? "text-bad" : "text-muted"}`}>
      {children}
    </p>
  );
}

const units = [
  { value: "m", label: "minutes" },
  { value: "h", label: "hours" },
  { value: "d", label: "days" },
  { value: "s", label: "seconds" },
];

/** How long ago: `90m` of the address as a number and its unit. */
export function AgoField({ value, zone, onChange }: { value: string; zone: Zone; onChange: (value: string) => void }) {
  const [, count = "", unit = "h"] = /^(\d*)([smhd])$/.exec(value) ?? [];
  const span = readAgo(value);
  return (
    <div className="flex flex-col gap-1">
      <span className="flex gap-2">
        <Input
          aria-label="How long ago"
          aria-describedby="reset-ago-says"
          inputMode="numeric"
          value={count}
          onChange={(typed) => onChange(`${typed.replace(/\D/g, "").slice(0, 6)}${unit}`)}
          className="w-24 tabular-nums"
        />
        <Select aria-label="Unit" value={unit} options={units} onChange={(chosen) => onChange(`${count}${chosen}`)} />
      </span>
      <Says id="reset-ago-says">
        {span === null
          ? "The first record at or after that time."
          : `Counted from when the plan is made: ${dateTime(Date.now() - span, zone, false)} at this moment.`}
      </Says>
    </div>
  );
}

/** An offset, or how far to shift. */
export function WholeField({
  label,
  value,
  hint,
  mistake,
  onChange,
}: {
  label: string;
  value: string;
  hint: string;
  /** What is wrong with a number that can be read; null: nothing. */
  mistake: (value: bigint) => string | null;
  onChange: (value: string) => void;
}) {
  const [left, setLeft] = useState(false);
  const read = readWhole(value);
  const wrong = value === "" ? null : read === null ? "A whole number of at most 19 digits." : mistake(read);
  const told = left ? wrong : null;
  return (
    <div className="flex flex-col gap-1">
      <Input
        aria-label={label}
        aria-describedby={`reset-whole-${label}`}
        inputMode="numeric"
        value={value}
        invalid={told !== null}
        onChange={onChange}
        onBlur={() => setLeft(true)}
        className="w-full tabular-nums"
      />
      <Says id={`reset-whole-${label}`} wrong={told !== null}>
        {told ?? hint}
      </Says>
    </div>
  );
}
