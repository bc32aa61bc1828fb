"use client";
import { useRef, useState } from "react";
import { notify } from "@/components/ui/toast";
import type { OffsetsPlan, SetOffsetsResult } from "@/lib/api/group-offsets";
import { problemOfError } from "@/lib/client/call";
import { useSetOffsets } from "@/lib/client/group-offsets";
import { counted } from "@/lib/format";
import { isFailed, mergeResults, rowsToSend } from "./plan-file";
import { offsetWord, outcomeWords } from "./reset-words";

/** What was done, as it was read back. `undone`: it put back what an earlier one had changed. */
export type Done = { plan: OffsetsPlan; result: SetOffsetsResult; undone: boolean };

/**
 * Applies plans of one cluster, tries again what failed, and puts it back. `outdated`: the plan was refused because commits moved
 * under it. `onRefused` is to make a new one.
 */
export function useSetRun(cluster: string, onRefused: () => void) {
  const setting = useSetOffsets(cluster);
  const undoing = useSetOffsets(cluster);
  const [done, setDone] = useState<Done | null>(null);
  /** Takes back the toast that offers an undo: what was undone on the page is not to be undone a second time from there. */
  const withdraw = useRef<() => void>(null);

  const undo = (plan: OffsetsPlan, result: SetOffsetsResult) => {
    if (result.undo === null) return;
    withdraw.current?.();
    // As a promise: the toast outlives the page, and is to be answered wherever the reader is by then.
    undoing.mutateAsync({ group: plan.groupId, ...result.undo }).then(
      (undone) => {
        setDone({ plan, result: undone, undone: true });
        notify({
          text: `${counted(undone.set, offsetWord(plan.type))} put back.`,
          tone: undone.failed > 0 ? "warn" : "ok",
        });
      },
      (error) => notify({ text: refusedWords(error), tone: "bad" }),
    );
  };
  const told = (plan: OffsetsPlan, result: SetOffsetsResult) => {
    setDone({ plan, result, undone: false });
    withdraw.current?.();
    const { head, reasons, tone } = outcomeWords(result, offsetWord(plan.type));
    withdraw.current = notify({
      text: result.failed === 0 ? [head, ...reasons].join(" ") : head,
      tone,
      ...(result.undo ? { action: { label: "Undo", onSelect: () => undo(plan, result) } } : {}),
    });
  };
  const apply = (plan: OffsetsPlan) =>
    setting.mutate(
      { group: plan.groupId, partitions: rowsToSend(plan) },
      {
        onSuccess: (result) => told(plan, result),
        onError: onRefused,
      },
    );
  const again = () => {
    if (done === null) return;
    const { plan, result } = done;
    const rows = result.partitions.filter(isFailed);
    const partitions = rows.map(({ readBack: _r, outcome: _o, problem: _p, ...change }) => change);
    setting.mutate(
      { group: plan.groupId, partitions },
      {
        onSuccess: (retried) => told(plan, mergeResults(result, retried)),
      },
    );
  };
  const reset = () => {
    setDone(null);
    setting.reset();
    undoing.reset();
    onRefused();
  };
  const error = setting.error ?? undoing.error;
  const problem = error ? problemOfError(error) : null;
  return {
    done,
    outdated: problem?.code === "plan-outdated",
    busy: setting.isPending || undoing.isPending,
    problem,
    apply,
    again,
    undo: () => done && undo(done.plan, done.result),
    reset,
  };
}
export type SetRun = ReturnType<typeof useSetRun>;

/** Why an undo was refused, in the line of a toast. */
const refusedWords = (error: unknown): string => {
  const { title, detail } = problemOfError(error);
  return `Not put back: ${detail ?? title}`;
};
