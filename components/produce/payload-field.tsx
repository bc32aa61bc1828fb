"use client";
import { type ReactNode, useId, useState } from "react";
import { Segmented } from "@/components/ui/segmented";
import { TextArea } from "@/components/ui/text-area";
import { bytes, counted, integer } from "@/lib/format";
import {
  kindChoices,
  type PayloadDraft,
  type PayloadKind,
  payloadProblem,
  rewritten,
  sizeOf,
  textVerdict,
} from "./draft";

/** What the box says while it holds nothing to be sent. */
const placeholders = {
  null: {
    key: "null: a record without a key. Typing here gives it one.",
    value: "null: a tombstone. Typing here gives a value.",
  },
  empty: { key: "Empty: a key of 0 bytes.", value: "Empty: a value of 0 bytes, which is not a tombstone." },
  text: { key: "", value: "" },
  base64: { key: "", value: "" },
  hex: { key: "", value: "" },
} as const satisfies Record<PayloadKind, Record<"key" | "value", string>>;

type Props = {
  part: "key" | "value";
  label: ReactNode;
  draft: PayloadDraft;
  onChange: (draft: PayloadDraft) => void;
  /** Whether what is wrong is told already. */
  told: boolean;
  onLeave: () => void;
};

/** A key or a value: how it is written, the box, and below it what it is, in bytes. */
export function PayloadField({ part, label, draft, onChange, told, onLeave }: Props) {
  const id = useId();
  /** The bytes that were asked for as text, but are none. */
  const [notText, setNotText] = useState<string | null>(null);
  const isHeld = draft.as === "null" || draft.as === "empty";
  const problem = told ? payloadProblem(draft) : null;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <label htmlFor={id}>{label}</label>
        <Segmented
          label={`How the ${part} is written`}
          value={draft.as}
          options={kindChoices}
          onChange={(as) => {
            const next = rewritten(draft, as);
            setNotText(next === null ? draft.text : null);
            if (next !== null) onChange(next);
          }}
        />
      </div>
      <TextArea
        id={id}
        aria-describedby={`${id}-says`}
        rows={part === "key" || isHeld ? 2 : 14}
        value={isHeld ? "" : draft.text}
        placeholder={placeholders[draft.as][part]}
        invalid={problem !== null}
        onChange={(text) => onChange({ as: isHeld ? "text" : draft.as, text })}
        onBlur={onLeave}
        className={isHeld ? "bg-sunken!" : ""}
      />
      <span
        id={`${id}-says`}
        aria-live="polite"
        className={`min-h-[18px] text-12 ${problem ? "text-bad" : "text-muted"}`}
      >
        {problem ?? <Says draft={draft} />}
        {notText === draft.text && " These bytes are no UTF-8, so there is no text for them."}
      </span>
    </div>
  );
}

/** "valid JSON, 412 B", or where it stops being JSON: text of any kind may be sent, so that is a remark, not a mistake. */
function Says({ draft }: { draft: PayloadDraft }) {
  const size = payloadProblem(draft) === null ? sizeOf(draft) : null;
  if (draft.as === "null") return "null";
  if (size === null) return null;
  const verdict = textVerdict(draft);
  const sized = <span title={counted(size, "byte")}>{bytes(size)}</span>;
  if (verdict === null || verdict.json === "no") return <>{verdict ? <>Text, {sized}</> : sized}</>;
  if (verdict.json === "valid") return <>Valid JSON, {sized}</>;
  return (
    <span className="text-warn">
      Not JSON at line {integer(verdict.mistake?.line ?? 1)}, column {integer(verdict.mistake?.column ?? 1)}:{" "}
      {verdict.mistake?.why}. It is sent as the text it is, {sized}.
    </span>
  );
}
