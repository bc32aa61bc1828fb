"use client";
import { X } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Field, Input } from "@/components/ui/input";
import { parsePath } from "./preview-paths";

type Props = {
  paths: readonly string[];
  /** Fields seen in the records loaded, offered while typing. */
  fields: () => string[];
  onChange: (paths: string[]) => void;
};

/** Columns taken out of the records by a path: those there are, and one more. */
export function PreviewEditor({ paths, fields, onChange }: Props) {
  const list = useId();
  const [typed, setTyped] = useState("");
  const [isLeft, setLeft] = useState(false);
  const path = typed.trim();
  const isKnown = paths.includes(path);
  const mistake =
    path === "" || parsePath(path) !== null
      ? null
      : "Begin with value, key or headers: value.status, $.card.brand, headers.traceparent.";
  return (
    <form
      className="flex flex-col gap-2 border-t border-border pt-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (path === "" || mistake !== null || isKnown) return;
        onChange([...paths, path]);
        setTyped("");
        setLeft(false);
      }}
    >
      <h3 className="font-bold">Columns out of the value</h3>
      <ul className="empty:hidden">
        {paths.map((each) => (
          <li key={each} className="flex h-7 items-center">
            <span className="min-w-0 flex-1 truncate font-mono text-12">{each}</span>
            <IconButton
              label={`Remove ${each}`}
              icon={X}
              onClick={() => onChange(paths.filter((other) => other !== each))}
            />
          </li>
        ))}
      </ul>
      <Field label="Path" error={isLeft ? mistake : null} hint="value.status, key.id, headers.traceparent">
        {(control) => (
          <Input
            {...control}
            mono
            list={list}
            value={typed}
            onBlur={() => setLeft(true)}
            onChange={setTyped}
            placeholder="value."
          />
        )}
      </Field>
      <datalist id={list}>
        {fields()
          .slice(0, 200)
          .map((field) => (
            <option key={field} value={field} />
          ))}
      </datalist>
      <Button type="submit" className="self-start" disabled={path === "" || mistake !== null || isKnown}>
        Add column
      </Button>
    </form>
  );
}
