"use client";
import { Field } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Term } from "@/components/ui/term";
import { codecs } from "@/lib/api/messages";

/** What all records of a request share. */
export type Writing = { codec: (typeof codecs)[number]; acks: "all" | "1" };
export const standardWriting: Writing = { codec: "none", acks: "all" };

const acks = [
  { value: "all", label: "all: every in-sync copy has it" },
  { value: "1", label: "1: the leader has it" },
] as const;

/** Compression, and who must have a record before it counts as written. */
export function WritingFields({ writing, onChange }: { writing: Writing; onChange: (writing: Writing) => void }) {
  return (
    <>
      <Field label={<Term id="codec">Codec</Term>}>
        {({ invalid: _, ...control }) => (
          <Select
            {...control}
            value={writing.codec}
            options={codecs.map((codec) => ({ value: codec, label: codec }))}
            onChange={(codec) => onChange({ ...writing, codec })}
          />
        )}
      </Field>
      <Field label={<Term id="acks">Acks</Term>}>
        {({ invalid: _, ...control }) => (
          <Select
            {...control}
            value={writing.acks}
            options={[...acks]}
            onChange={(chosen) => onChange({ ...writing, acks: chosen })}
          />
        )}
      </Field>
    </>
  );
}
