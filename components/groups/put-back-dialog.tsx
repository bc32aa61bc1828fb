"use client";
import { useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useMemo } from "react";
import { Banner } from "@/components/ui/banner";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Loaded } from "@/components/ui/loaded";
import { notify } from "@/components/ui/toast";
import type { OffsetsPlan, UndoOfGroup } from "@/lib/api/group-offsets";
import { problemOfError } from "@/lib/client/call";
import { planOffsetsQuery, useSetOffsets } from "@/lib/client/group-offsets";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { counted } from "@/lib/format";
import { setOffsetsCommand } from "@/lib/shell-groups";
import { PutBackTable } from "./put-back-table";
import { LiveNames } from "./reset/group-says";
import { rowsToSend, undoText } from "./reset/plan-file";
import { lossOf, offsetWord, outcomeWords, reasonsOf, unchangedWords } from "./reset/reset-words";

type Props = { cluster: string; group: string; undo: UndoOfGroup; onClose: () => void };

/** The plan that puts back what a change made otherwise, from the offsets of now, and its button. */
export function PutBackDialog({ cluster, group, undo, onClose }: Props) {
  const body = useMemo(() => ({ reset: { to: "file" as const, text: undoText(undo.undo) } }), [undo]);
  const plan = useQuery(planOffsetsQuery(cluster, group, body, Date.parse(undo.at)));
  const setting = useSetOffsets(cluster);
  const bootstrap = useBootstrap(cluster);
  const planned = plan.data;
  const command =
    planned && planned.changes > 0
      ? setOffsetsCommand({ groupId: group, type: planned.type }, rowsToSend(planned), { execute: true, bootstrap })
      : null;
  const loss = planned ? lossOf(planned) : null;
  const isOff = !planned || planned.changes === 0 || planned.live.length > 0 || planned.problem !== null;
  const confirm = () => {
    if (!planned) return;
    setting.mutate(
      { group, partitions: rowsToSend(planned) },
      {
        onSuccess: (result) => {
          const { head, reasons, tone } = outcomeWords(result, offsetWord(planned.type));
          notify({ text: [head, ...reasons].join(" "), tone });
          onClose();
        },
        onError: () => plan.refetch(),
      },
    );
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Put back offsets of ${group}`}
      verb={planned && planned.changes > 0 ? `Put back ${counted(planned.changes, "offset")}` : "Put back"}
      icon={Undo2}
      width={640}
      {...(loss === null ? {} : { gate: { kind: "understand" as const, text: loss } })}
      busy={plan.isFetching || setting.isPending}
      refused={isOff}
      problem={setting.error ? problemOfError(setting.error) : null}
      command={command ?? undefined}
      onConfirm={confirm}
    >
      <Loaded query={plan}>{(found) => <Plan plan={found} undo={undo} />}</Loaded>
    </ConfirmDialog>
  );
}

function Plan({ plan, undo }: { plan: OffsetsPlan; undo: UndoOfGroup }) {
  const moved = movedOn(plan, undo);
  const refused = plan.partitions.filter(({ problem }) => problem !== null);
  return (
    <>
      {plan.live.length > 0 && (
        <Banner tone="warn">
          <b>Nothing can be put back while the group has members.</b> <LiveNames live={plan.live} /> Stop{" "}
          {plan.live.length === 1 ? "it" : "them"} first.
        </Banner>
      )}
      {moved > 0 && (
        <Banner tone="info">
          <b>{counted(moved, "offset")} moved since that change.</b> What was committed after it is given up too.
        </Banner>
      )}
      <p>
        {plan.changes === 0
          ? unchangedWords(plan, "Every offset is as it was before that change already.", "put back")
          : `${counted(plan.changes, "offset")} ${plan.changes === 1 ? "goes" : "go"} back to where ${plan.changes === 1 ? "it was" : "they were"}${readAgainWords(plan)}. Nothing has been written yet.`}{" "}
        {reasonsOf(refused, true).join(" ")}
      </p>
      <PutBackTable rows={plan.partitions} />
    </>
  );
}

const readAgainWords = ({ readAgain }: OffsetsPlan): string =>
  readAgain === "0" ? "" : `; ${counted(readAgain, "record")} ${readAgain === "1" ? "is" : "are"} read again`;

/** Partitions to be put back whose offset is not the one any more that the change left behind. */
function movedOn(plan: OffsetsPlan, { undo }: UndoOfGroup): number {
  const left = new Map(undo.partitions.map(({ topic, partition, before }) => [`${topic}/${partition}`, before]));
  return plan.partitions.filter(({ topic, partition, before, problem }) => {
    if (problem !== null) return false;
    const was = left.get(`${topic}/${partition}`);
    return was !== undefined && was !== before;
  }).length;
}
