"use client";
import { useQuery } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Bytes } from "@/components/ui/bytes";
import { CommandBlock } from "@/components/ui/command-block";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { FactList } from "@/components/ui/facts";
import { Loaded } from "@/components/ui/loaded";
import { Int } from "@/components/ui/number";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { notify } from "@/components/ui/toast";
import type { RecreateTopicResult } from "@/lib/api/topics";
import { problemOfError } from "@/lib/client/call";
import { recreateTopicPlanQuery, useRecreateTopic } from "@/lib/client/topics";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { exactly, kafkaCommand } from "@/lib/shell";
import type { TopicDialogProps } from "./dialog-props";

/** Delete and create again: what is kept, what goes, and, should creating fail, everything needed to try again. */
export function RecreateTopicDialog({ cluster, topic, detail, onClose }: TopicDialogProps) {
  const bootstrap = useBootstrap(cluster);
  const plan = useQuery(recreateTopicPlanQuery(cluster, topic));
  const recreation = useRecreateTopic(cluster, topic);
  const result = recreation.data;
  if (result?.outcome === "deleted-only") return <DeletedOnly result={result} onClose={onClose} />;
  const confirm = () => {
    if (!plan.data) return;
    recreation.mutate(plan.data.topicId, {
      onSuccess: ({ outcome }) => {
        if (outcome !== "recreated") return;
        notify({ text: `Topic ${topic} recreated: empty, with the same settings.` });
        onClose();
      },
      onError: () => plan.refetch(),
    });
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Recreate ${topic}`}
      verb="Recreate topic"
      danger
      icon={RotateCcw}
      gate={{ kind: "name", noun: "topic", name: topic }}
      busy={plan.data === undefined || recreation.isPending}
      problem={recreation.error ? problemOfError(recreation.error) : null}
      command={
        plan.data &&
        `${kafkaCommand("kafka-topics", ["--delete", ["--topic", exactly(topic)]], bootstrap)}\n# once it is gone\n${plan.data.command}`
      }
      onConfirm={confirm}
    >
      <p>
        The topic is deleted and created again under its name. Producers and consumers see errors for a moment. It
        cannot be undone; nothing has been written yet.
      </p>
      {detail.internal && (
        <Banner tone="bad">
          <b>This is an internal topic.</b> Kafka keeps its own state in it; empty, groups lose their offsets, or
          transactions their outcome.
        </Banner>
      )}
      <Loaded query={plan}>{(planned) => <Plan plan={planned} estimate={detail.offsetSpanEstimate} />}</Loaded>
    </ConfirmDialog>
  );
}

function Plan({ plan, estimate }: { plan: RecreateTopicResult; estimate: boolean }) {
  const configs = Object.entries(plan.kept.configs);
  return (
    <>
      <h3 className="font-bold">Kept</h3>
      <FactList
        of={[
          { label: "Partitions", value: <Int value={plan.kept.partitions} /> },
          { label: "Replication factor", value: <Int value={plan.kept.replicationFactor} /> },
          ...(configs.length === 0 ? [{ label: "Configs", value: "none set on the topic" }] : []),
          ...configs.map(([label, value]) => ({
            label: <span className="font-mono text-12">{label}</span>,
            value: <span className="font-mono text-12">{value}</span>,
            key: label,
          })),
        ]}
      />
      <h3 className="font-bold">Lost</h3>
      <FactList
        of={[
          {
            label: "Offset span",
            value: (
              <>
                <Int value={plan.lost.offsetSpan} about={estimate} plainZero />, <Bytes value={plan.lost.sizeBytes} />
              </>
            ),
          },
          { label: "Offsets", value: "count from 0 again; commits of groups are removed" },
          { label: "Placement", value: "replicas are placed anew by the controller" },
          plan.lost.configs.length > 0
            ? { label: "Configs", value: `${plan.lost.configs.join(", ")}: sensitive, Kafka does not tell the value` }
            : null,
        ]}
      />
      <p className="text-muted">The broker was asked whether it would create such a topic, and it would.</p>
    </>
  );
}

/** The one outcome that must not be missed: it stays until it is closed. */
function DeletedOnly({ result, onClose }: { result: RecreateTopicResult; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${result.name} was not created again`}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <Banner tone="bad">
        <b>The topic is deleted, and creating it failed.</b> Nothing else is lost: its settings are in the command
        below.
      </Banner>
      {result.problem && <ProblemPanel problem={result.problem} />}
      <CommandBlock label="Create it with the same settings" command={result.command} />
    </Dialog>
  );
}
