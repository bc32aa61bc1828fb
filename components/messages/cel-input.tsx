"use client";
import { Check as Tick } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import type { CelEditor } from "./cel-editor";
import type { Check } from "./filter-says";

const label = "CEL filter";
const hint = 'value.status == "FAILED" && value.amount > 900';

type Props = {
  value: string;
  check: Check;
  fields: () => string[];
  onChange: (text: string) => void;
  onRun: () => void;
};

/** A CEL filter in one line. The editor is a large script: it comes when a filter is wanted, and a plain box works until then. */
export function CelInput({ value, check, fields, onChange, onRun }: Props) {
  const frame = useRef<HTMLSpanElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CelEditor | null>(null);
  const latest = useRef({ value, fields, onChange, onRun });
  useEffect(() => {
    latest.current = { value, fields, onChange, onRun };
  });
  useEffect(() => {
    let mounted: CelEditor | null = null;
    let left = false;
    import("./cel-editor").then(({ mountCelEditor }) => {
      if (left || place.current === null) return;
      const hadFocus = frame.current?.contains(document.activeElement) === true;
      mounted = mountCelEditor(place.current, {
        text: latest.current.value,
        label,
        hint,
        fields: () => latest.current.fields(),
        onChange: (text) => latest.current.onChange(text),
        onRun: () => latest.current.onRun(),
      });
      setEditor(mounted);
      if (hadFocus) mounted.focus();
    });
    return () => {
      left = true;
      mounted?.destroy();
    };
  }, []);
  // Before the next key: later, what was typed meanwhile would be taken back.
  useLayoutEffect(() => editor?.setText(value), [editor, value]);
  const at = check.problem?.at ?? null;
  const isWrong = check.problem !== null;
  useEffect(() => editor?.mark(isWrong ? at : null), [editor, isWrong, at]);
  useShortcuts({ "/": () => editor?.focus() });
  const isValid = check.literals !== null && !isWrong && check.text === value;
  return (
    <span ref={frame} className="relative flex min-w-0 flex-1 items-center">
      <div
        ref={place}
        hidden={editor === null}
        className={`h-control w-full min-w-0 overflow-hidden rounded-control border bg-raised focus-within:border-focus focus-within:ring-2 focus-within:ring-accent-soft ${isWrong ? "border-bad" : "border-border-control"} ${isValid ? "pe-14" : ""}`}
      />
      {editor === null && (
        <Input
          aria-label={label}
          placeholder={hint}
          mono
          value={value}
          onChange={onChange}
          onKeyDown={(event) => {
            if (event.key === "Enter") onRun();
          }}
          className="w-full"
        />
      )}
      {isValid && (
        <span className="pointer-events-none absolute right-2 flex items-center gap-1 text-12 text-muted">
          <Icon of={Tick} size={12} className="text-ok" />
          valid
        </span>
      )}
    </span>
  );
}
