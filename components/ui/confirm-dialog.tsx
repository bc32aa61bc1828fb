"use client";
import { Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Problem } from "@/lib/api/problem";
import { Button } from "./button";
import { Checkbox } from "./checkbox";
import { ClusterMark, useMark } from "./cluster-mark";
import { CommandBlock } from "./command-block";
import { Dialog } from "./dialog";
import type { Glyph } from "./icon";
import { Field, Input } from "./input";
import { ProblemPanel } from "./problem-panel";
import { useShortcuts } from "./use-shortcuts";

/** What stands between the plan and the button: nothing, a box that names the loss, or the name of what goes. */
export type Gate = { kind: "understand"; text: string } | { kind: "name"; noun: string; name: string };

type Props = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** The verb and the count: "Delete topic", "Apply 2 changes". */
  verb: string;
  danger?: boolean;
  icon?: Glyph;
  gate?: Gate;
  /** True while it is being done. */
  busy?: boolean;
  /** Why the plan cannot be carried out as it stands, as a sentence; true: it is said above. */
  refused?: string | boolean;
  /** Why it was refused, from the server. */
  problem?: Problem | null;
  command?: string;
  /** Pixels; for a plan with a table. */
  width?: number;
  onConfirm: () => void;
  /** The plan: what will happen, with figures. */
  children: ReactNode;
};

function Body({
  onClose,
  title,
  verb,
  danger = false,
  icon = danger ? Trash2 : undefined,
  gate,
  busy,
  refused = false,
  problem,
  command,
  width,
  onConfirm,
  children,
}: Omit<Props, "open">) {
  const [typed, setTyped] = useState("");
  const [understood, setUnderstood] = useState(false);
  const passed = gate === undefined || (gate.kind === "name" ? typed === gate.name : understood);
  const mark = useMark();
  const confirm = () => passed && !busy && refused === false && onConfirm();
  useShortcuts({ "mod+Enter": confirm });
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      width={width}
      footer={
        <>
          <Button data-focus={danger ? "" : undefined} onClick={onClose}>
            Cancel
          </Button>
          <Button
            look={danger ? "danger" : "primary"}
            icon={icon}
            disabled={refused || !passed}
            busy={busy}
            onClick={confirm}
          >
            {verb}
          </Button>
        </>
      }
    >
      {mark && (
        <p className="flex items-center gap-2 text-muted">
          on {mark.cluster} <ClusterMark mark={mark} />
        </p>
      )}
      {problem && <ProblemPanel problem={problem} />}
      {children}
      {command && (
        // A long one scrolls by itself: what must be ticked or typed below it stays in sight.
        <div className="shrink-0 [&_pre]:max-h-[122px]">
          <CommandBlock label="The same from a shell" command={command} />
        </div>
      )}
      {gate?.kind === "understand" && (
        <Checkbox checked={understood} onChange={setUnderstood}>
          {gate.text}
        </Checkbox>
      )}
      {gate?.kind === "name" && (
        <Field label={`Type the name of the ${gate.noun}`} hint={gate.name}>
          {({ invalid, ...control }) => (
            <Input
              {...control}
              mono
              value={typed}
              onChange={setTyped}
              invalid={invalid}
              onKeyDown={(event) => event.key === "Enter" && confirm()}
            />
          )}
        </Field>
      )}
    </Dialog>
  );
}

/** A plan, what stands between it and the button, and the button. Cancel has the focus where something is lost. */
export function ConfirmDialog({ open, ...rest }: Props) {
  // The body is made anew each time, so that a name typed before does not open the gate again.
  return open ? <Body {...rest} /> : null;
}
