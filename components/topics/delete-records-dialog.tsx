"use client";
import { useQuery } from "@tanstack/react-query";
import { Eraser } from "lucide-react";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog, type Gate } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Loaded } from "@/components/ui/loaded";
import { notify } from "@/components/ui/toast";
import { useSettled } from "@/components/ui/use-settled";
import type { DeleteRecordsResult } from "@/lib/api/records";
import { offsetsOf } from "@/lib/client/bulk-topics";
import { problemOfError } from "@/lib/client/call";
import { usePreferences } from "@/lib/client/preferences";
import { deleteRecordsPlanQuery, useDeleteRecords } from "@/lib/client/topics";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { counted, integer } from "@/lib/format";
import { deleteRecordsCommand } from "@/lib/shell";
import { bodyOf, DeleteRecordsForm, firstWish } from "./delete-records-form";
import { DeleteRecordsPlan } from "./delete-records-plan";
import type { TopicDialogProps } from "./dialog-props";

/** Purges a topic, or moves the log start of partitions: a plan with offsets, which are what is sent. */
export function DeleteRecordsDialog({ cluster, topic, detail, onClose }: TopicDialogProps) {
  const { zone } = usePreferences();
  const bootstrap = useBootstrap(cluster);
  const [wish, setWish] = useState(firstWish);
  const body = bodyOf(wish, zone);
  const asked = useSettled(body);
  const isSettled = body !== null && JSON.stringify(body) === JSON.stringify(asked);
  const plan = useQuery({ ...deleteRecordsPlanQuery(cluster, topic, asked ?? {}), enabled: isSettled });
  const deletion = useDeleteRecords(cluster);
  const planned = isSettled ? plan.data : undefined;
  const { offsets } = planned ? offsetsOf(planned) : { offsets: [] };
  const done = deletion.data;
  if (done?.partitions.some(({ problem }) => problem !== null))
    return <PartlyDone topic={topic} result={done} onClose={onClose} />;
  const confirm = () => {
    if (!planned || offsets.length === 0) return;
    deletion.mutate(
      { topic, ...offsetsOf(planned) },
      {
        onSuccess: ({ partitions, records }) => {
          if (partitions.some(({ problem }) => problem !== null)) return;
          notify({
            text: `Log start of ${counted(partitions.length, "partition")} moved by ${integer(records)} and read back.`,
          });
          onClose();
        },
        onError: () => plan.refetch(),
      },
    );
  };
  const records = planned?.records ?? "0";
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Purge records of ${topic}`}
      verb={offsets.length > 0 ? `Purge ${counted(records, "record")}` : "Purge records"}
      danger
      icon={Eraser}
      gate={gateOf(topic, wish.mode === "all" && wish.partition === "all", records)}
      busy={offsets.length === 0 || deletion.isPending}
      problem={deletion.error ? problemOfError(deletion.error) : null}
      command={offsets.length > 0 ? deleteRecordsCommand(topic, offsets, bootstrap) : undefined}
      onConfirm={confirm}
    >
      <DeleteRecordsForm
        cluster={cluster}
        topic={topic}
        partitions={detail.partitions}
        wish={wish}
        onChange={setWish}
      />
      {isSettled ? (
        <Loaded query={plan}>
          {(result) => (
            <>
              <p>
                <b>{result.records === "0" ? "No record goes." : `At most ${counted(result.records, "record")} go.`}</b>{" "}
                What is sent are the offsets below, so records written from now on stay. It cannot be undone; nothing
                has been written yet.
              </p>
              <DeleteRecordsPlan result={result} />
            </>
          )}
        </Loaded>
      ) : (
        <p className="text-muted">Give {wish.mode === "time" ? "a time" : "an offset"} to see what would go.</p>
      )}
    </ConfirmDialog>
  );
}

const gateOf = (topic: string, everything: boolean, records: string): Gate =>
  everything
    ? { kind: "name", noun: "topic", name: topic }
    : { kind: "understand", text: `I understand that at most ${counted(records, "record")} are deleted for good` };

/** Some partitions were purged and some were not: it stays until it is closed. */
function PartlyDone({ topic, result, onClose }: { topic: string; result: DeleteRecordsResult; onClose: () => void }) {
  const failed = result.partitions.filter(({ problem }) => problem !== null).length;
  const all = result.partitions.length;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Purge records of ${topic}`}
      width={560}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <Banner tone="warn">
        <b>
          {all - failed} of {counted(all, "partition")} were purged.
        </b>{" "}
        The reason stands at each of the others. Trying again is safe.
      </Banner>
      <DeleteRecordsPlan result={result} />
    </Dialog>
  );
}
