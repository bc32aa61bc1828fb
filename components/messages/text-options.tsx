"use client";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { type SearchPart, searchParts } from "@/lib/api/message-queries";
import { conditionOf, partsOf, type SearchUrl, writeCondition } from "./message-url";

export const partNames: Record<SearchPart, string> = {
  key: "key",
  value: "value",
  "header-names": "header names",
  "header-values": "header values",
};

const kinds = [
  { value: "contains", label: "Contains" },
  { value: "exact", label: "Exact" },
  { value: "regex", label: "Regex" },
];

const conditions = [
  { name: "key", label: "And the key" },
  { name: "value", label: "And the value" },
  { name: "headers", label: "And a header" },
] as const;

type Props = { draft: SearchUrl; onChange: (change: Partial<SearchUrl>) => void; onRun: () => void };

/** Where the text is looked for, how it is meant, and texts that must (or must not) be found as well. */
export function TextOptions({ draft, onChange, onRun }: Props) {
  const parts = partsOf(draft);
  const choose = (part: SearchPart, on: boolean) => {
    const next = searchParts.filter((each) => (each === part ? on : parts.includes(each)));
    // None would find nothing: the last one stays.
    if (next.length > 0) onChange({ in: next.length === searchParts.length ? "" : next.join(",") });
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      <fieldset>
        <legend className="mb-1">Looked for in</legend>
        <div className="grid grid-cols-2 gap-1">
          {searchParts.map((part) => (
            <Checkbox key={part} checked={parts.includes(part)} onChange={(on) => choose(part, on)}>
              {partNames[part]}
            </Checkbox>
          ))}
        </div>
      </fieldset>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segmented
          label="How the text is meant"
          value={draft.match}
          options={kinds}
          onChange={(match) => onChange({ match })}
        />
        <Checkbox checked={draft.case !== ""} onChange={(on) => onChange({ case: on ? "1" : "" })}>
          Match case
        </Checkbox>
        <Checkbox checked={draft.not !== ""} onChange={(on) => onChange({ not: on ? "1" : "" })}>
          Not
        </Checkbox>
      </div>
      {draft.match === "regex" && (
        <p className="-mt-1 text-12 text-muted">RE2: no backreferences, and time that grows with the text only.</p>
      )}
      {conditions.map(({ name, label }) => {
        const condition = conditionOf(draft[name]);
        return (
          <Field key={name} label={condition.not ? `${label} does not hold` : `${label} holds`}>
            {(control) => (
              <span className="flex items-center gap-3">
                <Input
                  {...control}
                  mono
                  className="flex-1"
                  value={condition.text}
                  onChange={(text) => onChange({ [name]: writeCondition({ ...condition, text }) })}
                />
                <Checkbox
                  checked={condition.not}
                  disabled={condition.text === ""}
                  onChange={(not) => onChange({ [name]: writeCondition({ ...condition, not }) })}
                >
                  Not
                </Checkbox>
              </span>
            )}
          </Field>
        );
      })}
      <Button type="submit" look="primary" className="self-end">
        Search
      </Button>
    </form>
  );
}
