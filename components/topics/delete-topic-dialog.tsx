"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Banner } from "@/components/ui/banner";
import { Bytes } from "@/components/ui/bytes";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Facts } from "@/components/ui/facts";
import { Loaded } from "@/components/ui/loaded";
import { Int } from "@/components/ui/number";
import { notify } from "@/components/ui/toast";
import { url } from "@/lib/api/url";
import { problemOfError } from "@/lib/client/call";
import { deleteTopicPlanQuery, useDeleteTopic } from "@/lib/client/topics";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { exactly, kafkaCommand } from "@/lib/shell";
import type { TopicDialogProps } from "./dialog-props";

/** The plan of a deletion, the name to type, and the list afterwards. */
export function DeleteTopicDialog({ cluster, topic, detail, onClose }: TopicDialogProps) {
  const router = useRouter();
  const bootstrap = useBootstrap(cluster);
  const plan = useQuery(deleteTopicPlanQuery(cluster, topic));
  const deletion = useDeleteTopic(cluster);
  const confirm = () => {
    if (!plan.data) return;
    deletion.mutate(
      { topic, topicId: plan.data.topicId },
      {
        onSuccess: () => {
          notify({ text: `Topic ${topic} deleted.` });
          router.push(url`/clusters/${cluster}/topics`);
        },
        // The topic behind the name is another one now: its plan is shown, and the name asked for again.
        onError: () => plan.refetch(),
      },
    );
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Delete ${topic}`}
      verb="Delete topic"
      danger
      gate={{ kind: "name", noun: "topic", name: topic }}
      busy={plan.data === undefined || deletion.isPending}
      problem={deletion.error ? problemOfError(deletion.error) : null}
      command={kafkaCommand("kafka-topics", ["--delete", ["--topic", exactly(topic)]], bootstrap)}
      onConfirm={confirm}
    >
      <Loaded query={plan}>
        {(planned) => (
          <>
            <p>
              Every record goes, and the configs and the offsets groups committed for it with it. ACLs stay. It cannot
              be undone; nothing has been written yet.
            </p>
            <Facts
              of={[
                { label: "Partitions", value: <Int value={planned.partitions} /> },
                {
                  label: "Offset span",
                  value: <Int value={planned.offsetSpan} about={detail.offsetSpanEstimate} plainZero />,
                },
                { label: "Size", value: <Bytes value={planned.sizeBytes} /> },
              ]}
            />
          </>
        )}
      </Loaded>
      {detail.internal ? (
        <Banner tone="bad">
          <b>This is an internal topic.</b> Kafka keeps its own state in it; without it groups lose their offsets, or
          transactions their outcome.
        </Banner>
      ) : (
        <p className="text-muted">
          A client that still uses the name creates it anew where the brokers have auto.create.topics.enable=true.
        </p>
      )}
    </ConfirmDialog>
  );
}
