"use client";
import { Eye } from "lucide-react";
import { Checkbox } from "@/components/ui/checkbox";
import { ChoiceButton } from "@/components/ui/choice-button";
import { Popover } from "@/components/ui/popover";
import { Segmented } from "@/components/ui/segmented";

type Choice = { isolation: string; control: string };

const sentences = {
  read_committed:
    "As consumers of transactions read: records of aborted transactions are hidden, and so is all from the oldest open transaction on.",
  read_uncommitted: "Records of aborted and of open transactions are shown too, marked as such.",
} as const;

/** Whether transactions must be committed, and whether the markers that end them are shown. */
export function IsolationChoice({ isolation, control, onChange }: Choice & { onChange: (choice: Choice) => void }) {
  const value = isolation === "read_uncommitted" ? "read_uncommitted" : "read_committed";
  const withControl = control === "1" || control === "true";
  return (
    <Popover
      label="Transactions"
      align="start"
      width={340}
      button={(opener) => (
        <ChoiceButton icon={Eye} opener={opener}>
          {value === "read_committed" ? "Read committed" : "Read uncommitted"}
          {withControl && ", markers"}
        </ChoiceButton>
      )}
    >
      <div className="flex flex-col gap-2.5">
        <Segmented
          label="Transactions"
          value={value}
          options={[
            { value: "read_committed", label: "Read committed" },
            { value: "read_uncommitted", label: "Read uncommitted" },
          ]}
          onChange={(next) => onChange({ isolation: next, control })}
        />
        <p className="text-12 text-ink-2">{sentences[value]}</p>
        <Checkbox checked={withControl} onChange={(on) => onChange({ isolation: value, control: on ? "1" : "" })}>
          Show control records
        </Checkbox>
        <p className="text-12 text-muted">The markers that a transaction was committed or aborted at.</p>
      </div>
    </Popover>
  );
}
