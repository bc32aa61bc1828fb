"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/input";
import { Loaded } from "@/components/ui/loaded";
import { Select } from "@/components/ui/select";
import { notify } from "@/components/ui/toast";
import type { SetOffsetsResult } from "@/lib/api/group-offsets";
import { problemOfError } from "@/lib/client/call";
import { deleteOffsetsPlanQuery, useDeleteOffsets } from "@/lib/client/group-offsets";
import { groupQuery } from "@/lib/client/groups";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { counted } from "@/lib/format";
import { deleteOffsetsCommand } from "@/lib/shell-groups";
import { CommitTable } from "./commit-table";
import { usePutBack } from "./put-back";

type Props = {
  cluster: string;
  group: string;
  /** Topics the group has offsets of, sorted; at least one. */
  topics: readonly string[];
  /** The one that is chosen first. Nothing given: the first. */
  topic?: string;
  onClose: () => void;
};

/**
 * Deletes the committed offsets of one topic, which the group must not be reading; the toast offers the undo. Open as long as it is
 * drawn: `{isOpen && <DeleteOffsetsDialog …/>}`. Open it from a control inside `<Can permission="groups.alter">`.
 */
export function DeleteOffsetsDialog({ cluster, group, topics, topic, onClose }: Props) {
  const [chosen, setChosen] = useState(topic ?? topics[0] ?? "");
  const plan = useQuery({ ...deleteOffsetsPlanQuery(cluster, group, chosen), enabled: chosen !== "" });
  const deletion = useDeleteOffsets(cluster, group);
  const putBack = usePutBack(cluster);
  const bootstrap = useBootstrap(cluster);
  // The page below has asked already.
  const { data: detail } = useQuery({ ...groupQuery(cluster, group), staleTime: Number.POSITIVE_INFINITY });
  const going = plan.data?.partitions.filter(({ outcome }) => outcome === "planned") ?? [];
  if (deletion.data && deletion.data.failed > 0) return <PartlyDone result={deletion.data} onClose={onClose} />;
  const confirm = () =>
    deletion.mutate(
      { topic: chosen, partitions: going },
      {
        onSuccess: ({ set, failed, undo }) => {
          if (failed > 0) return;
          notify({
            text: `${counted(set, "offset")} of ${chosen} deleted.`,
            ...(undo ? { action: { label: "Undo", onSelect: () => putBack(group, undo) } } : {}),
          });
          onClose();
        },
        onError: () => plan.refetch(),
      },
    );
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Delete offsets of ${group}`}
      verb={going.length > 0 ? `Delete ${counted(going.length, "offset")}` : "Delete offsets"}
      danger
      gate={{
        kind: "understand",
        text: `The group forgets how far it has read ${chosen}: its next consumer there begins where auto.offset.reset says`,
      }}
      busy={plan.isFetching || deletion.isPending}
      refused={going.length === 0}
      problem={deletion.error ? problemOfError(deletion.error) : null}
      command={detail ? deleteOffsetsCommand(detail, [chosen], bootstrap) : undefined}
      onConfirm={confirm}
    >
      <Field label="Topic">
        {({ invalid: _, ...control }) => (
          <Select
            {...control}
            value={chosen}
            options={topics.map((name) => ({ value: name, label: name }))}
            onChange={(name) => {
              deletion.reset();
              setChosen(name);
            }}
          />
        )}
      </Field>
      <Loaded query={plan}>
        {({ partitions }) =>
          partitions.length === 0 ? (
            <p className="text-muted">The group has no offset of this topic.</p>
          ) : (
            <>
              <p>
                {going.length === 0
                  ? "None of these can be deleted now."
                  : `${counted(going.length, "committed offset")} ${going.length === 1 ? "goes" : "go"}; records are not touched. Nothing has been written yet.`}
              </p>
              <CommitTable rows={partitions} label="Offsets that go" />
            </>
          )
        }
      </Loaded>
    </ConfirmDialog>
  );
}

/** Some went and some did not: it stays until it is closed. */
function PartlyDone({ result, onClose }: { result: SetOffsetsResult; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Delete offsets of ${result.groupId}`}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <Banner tone="warn">
        <b>
          {result.set} of {counted(result.set + result.failed, "offset")} were deleted.
        </b>{" "}
        The reason stands at each of the others. Trying again is safe, and what was deleted can be put back on the page
        of the group.
      </Banner>
      <CommitTable rows={result.partitions} label="What became of each offset" />
    </Dialog>
  );
}
