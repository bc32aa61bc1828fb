"use client";
import { useState } from "react";
import { notify } from "@/components/ui/toast";
import type { AlterConfigsBody, AlterConfigsResult } from "@/lib/api/configs";
import { problemOfError } from "@/lib/client/call";
import { type ConfigTarget, useAlterConfigs } from "@/lib/client/configs";
import { counted } from "@/lib/format";
import { nouns } from "./words";

/** Applying and undoing: what was done stays on the page, and the notice offers the undo for a while. */
export function useApply(target: ConfigTarget, onApplied: () => void) {
  const alter = useAlterConfigs(target);
  const [done, setDone] = useState<{ result: AlterConfigsResult; text: string } | null>(null);
  const { one, many } = nouns[target.kind];

  const undo = (result: AlterConfigsResult) => {
    if (!result.undo) return;
    alter.mutate(result.undo, {
      onSuccess: (undone) => {
        // An undo is a change as any other, but undoing it again is only confusing.
        const text = `${counted(undone.changes.length, one, many)} put back and read back.`;
        setDone({ result: { ...undone, undo: null }, text });
        notify({ text });
      },
      onError: (error) =>
        notify({ tone: "bad", text: `Not undone: ${problemOfError(error).detail ?? problemOfError(error).title}` }),
    });
  };
  const apply = (body: AlterConfigsBody) =>
    alter.mutate(body, {
      onSuccess: (result) => {
        const what = counted(result.changes.length, one, many);
        const text = result.readBack ? `${what} set and read back.` : `${what} set, not read back yet.`;
        setDone({ result, text });
        onApplied();
        notify({
          text,
          tone: result.readBack ? "ok" : "warn",
          ...(result.undo ? { action: { label: "Undo", onSelect: () => undo(result) } } : {}),
        });
      },
    });
  return {
    apply,
    undo,
    done,
    dismiss: () => setDone(null),
    busy: alter.isPending,
    problem: alter.error ? problemOfError(alter.error) : null,
    forget: alter.reset,
  };
}
