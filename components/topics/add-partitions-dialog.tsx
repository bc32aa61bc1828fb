"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field, Input } from "@/components/ui/input";
import { Loaded } from "@/components/ui/loaded";
import { notify } from "@/components/ui/toast";
import { useSettled } from "@/components/ui/use-settled";
import { problemOfError } from "@/lib/client/call";
import { addPartitionsPlanQuery, useAddPartitions } from "@/lib/client/topics";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { counted, share } from "@/lib/format";
import { exactly, kafkaCommand } from "@/lib/shell";
import type { TopicDialogProps } from "./dialog-props";

/** More partitions, what that does to the order of keys, and the broker's verdict before the button is live. */
export function AddPartitionsDialog({ cluster, topic, detail, onClose }: TopicDialogProps) {
  // Doubling moves fewer keys than any smaller step.
  const [text, setText] = useState(String(detail.partitions * 2));
  const count = /^\d{1,6}$/.test(text) ? Number(text) : null;
  const error =
    count === null
      ? "A whole number."
      : count <= detail.partitions
        ? `More than the ${detail.partitions} there are.`
        : null;
  const asked = useSettled(error === null ? count : null);
  const plan = useQuery({ ...addPartitionsPlanQuery(cluster, topic, asked ?? 0), enabled: asked !== null });
  const addition = useAddPartitions(cluster, topic);
  const bootstrap = useBootstrap(cluster);
  const planned = asked !== null && asked === count ? plan.data : undefined;
  const added = planned ? planned.after - planned.before : 0;
  const confirm = () => {
    if (!planned) return;
    addition.mutate(
      { count: planned.after, before: planned.before },
      {
        onSuccess: () => {
          notify({ text: `${counted(added, "partition")} added: ${topic} has ${planned.after}.` });
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
      title={`Add partitions to ${topic}`}
      verb={planned ? `Add ${counted(added, "partition")}` : "Add partitions"}
      icon={Plus}
      gate={{
        kind: "understand",
        text: "I understand that keys change their partition, and that partitions cannot be removed again",
      }}
      busy={planned === undefined || addition.isPending}
      problem={addition.error ? problemOfError(addition.error) : null}
      command={kafkaCommand(
        "kafka-topics",
        ["--alter", ["--topic", exactly(topic)], ["--partitions", String(count ?? detail.partitions * 2)]],
        bootstrap,
      )}
      onConfirm={confirm}
    >
      <Field label="New number of partitions" hint={`Now ${detail.partitions}.`} error={error}>
        {(control) => <Input {...control} inputMode="numeric" value={text} onChange={setText} className="w-32" />}
      </Field>
      {error === null && (
        <Loaded query={plan}>
          {({ before, after, keysMoved }) => (
            <Banner tone="warn">
              <b>{share(keysMoved)} of all keys move to another partition.</b> Records written so far stay where they
              are, so for these keys order no longer holds across this point, and compaction keeps their old value in
              the old partition.{" "}
              {keysMoved > 0.5 && `Going from ${before} to ${before * 2} would move 50${"\u00a0"}%. `}
              Counted for producers that use the default partitioner (murmur2 of the key modulo {after}).
            </Banner>
          )}
        </Loaded>
      )}
      {detail.internal && (
        <Banner tone="bad">
          <b>This is an internal topic.</b> Brokers find the partition of a group or a transaction by the number there
          is: with another number groups lose their offsets, or transactions their outcome.
        </Banner>
      )}
      <p className="text-muted">
        Records without a key are spread over all {count ?? ""} partitions. Groups rebalance when their members notice,
        after metadata.max.age.ms at most. Nothing has been written yet.
      </p>
    </ConfirmDialog>
  );
}
