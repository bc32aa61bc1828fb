"use client";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type HeaderDraft, kindChoices, kindLabels } from "./draft";

type Props = {
  headers: HeaderDraft[];
  onChange: (headers: HeaderDraft[]) => void;
  /** What is wrong, by `header-ID`. */
  mistakes: ReadonlyMap<string, string>;
  told: ReadonlySet<string>;
  onLeave: (part: string) => void;
};

/** Headers in their order, which is kept; names may repeat. */
export function HeaderRows({ headers, onChange, mistakes, told, onLeave }: Props) {
  const set = (id: number, change: Partial<HeaderDraft>) =>
    onChange(headers.map((header) => (header.id === id ? { ...header, ...change } : header)));
  const move = (at: number, by: number) => {
    const next = [...headers];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    onChange(next);
  };
  const add = () =>
    onChange([
      ...headers,
      { id: 1 + Math.max(0, ...headers.map(({ id }) => id)), key: "", value: { as: "text", text: "" } },
    ]);
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1">
        Headers <span className="text-muted">{headers.length > 0 ? headers.length : ""}</span>
      </legend>
      {headers.map(({ id, key, value }, at) => {
        const part = `header-${id}`;
        const problem = told.has(part) ? mistakes.get(part) : undefined;
        const isHeld = value.as === "null" || value.as === "empty";
        return (
          <div key={id} className="flex flex-col gap-0.5">
            <div className="flex min-w-0 flex-wrap items-center gap-1.5">
              <Input
                aria-label={`Name of header ${at + 1}`}
                placeholder="Name"
                mono
                autoFocus={key === "" && value.text === ""}
                // A name of other bytes than UTF-8 goes as it came.
                disabled={typeof key !== "string"}
                value={typeof key === "string" ? key : `base64: ${key.base64}`}
                onChange={(typed) => set(id, { key: typed })}
                className="w-[180px] max-md:flex-1"
              />
              <Select
                aria-label={`How the value of header ${at + 1} is written`}
                value={value.as}
                options={kindChoices}
                onChange={(as) => set(id, { value: { ...value, as } })}
                className="w-[92px]"
              />
              <Input
                aria-label={`Value of header ${at + 1}`}
                placeholder={isHeld ? kindLabels[value.as] : "Value"}
                mono
                value={isHeld ? "" : value.text}
                invalid={problem !== undefined}
                onChange={(text) => set(id, { value: { as: isHeld ? "text" : value.as, text } })}
                onBlur={() => onLeave(part)}
                className="min-w-[120px] flex-1 max-md:basis-[200px]"
              />
              <span className="flex">
                <IconButton label="Move up" icon={ArrowUp} disabled={at === 0} onClick={() => move(at, -1)} />
                <IconButton
                  label="Move down"
                  icon={ArrowDown}
                  disabled={at === headers.length - 1}
                  onClick={() => move(at, 1)}
                />
                <IconButton
                  label={`Remove header ${at + 1}`}
                  icon={Trash2}
                  onClick={() => onChange(headers.filter((header) => header.id !== id))}
                />
              </span>
            </div>
            {problem && <span className="text-12 text-bad">{problem}</span>}
          </div>
        );
      })}
      <span>
        <Button icon={Plus} onClick={add}>
          Add header
        </Button>
      </span>
    </fieldset>
  );
}
