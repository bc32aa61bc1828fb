"use client";
import { CopyPlus, Eraser, Plus, RotateCcw, Trash2 } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { CopyAsCommand } from "@/components/ui/copy-as-command";
import { Menu } from "@/components/ui/menu";
import type { TopicDetail } from "@/lib/api/topics";
import { queryString, url } from "@/lib/api/url";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { consumeCommand, exactly, kafkaCommand } from "@/lib/shell";
import { AddPartitionsDialog } from "./add-partitions-dialog";
import { DeleteRecordsDialog } from "./delete-records-dialog";
import { DeleteTopicDialog } from "./delete-topic-dialog";
import { ProduceLink } from "./produce-link";
import { RecreateTopicDialog } from "./recreate-topic-dialog";

const dialogs = {
  partitions: AddPartitionsDialog,
  records: DeleteRecordsDialog,
  recreate: RecreateTopicDialog,
  delete: DeleteTopicDialog,
} as const;

/** What can be done with a topic. Each entry opens a plan first. */
export function TopicActions({
  cluster,
  topic,
  detail,
}: {
  cluster: string;
  topic: string;
  detail: TopicDetail | null;
}) {
  const router = useRouter();
  const page = usePathname().split("/").at(-1) ?? "";
  const bootstrap = useBootstrap(cluster);
  const [open, setOpen] = useState<keyof typeof dialogs | null>(null);
  const unknown = detail === null ? "The topic is not known yet" : null;
  const Dialog = open === null ? null : dialogs[open];
  const command = commands[page];
  return (
    <>
      {command && (
        <span className="max-md:hidden">
          <CopyAsCommand command={() => command(topic, bootstrap)} />
        </span>
      )}
      <ProduceLink cluster={cluster} topic={topic} />
      <Menu
        label={`Actions for ${topic}`}
        items={[
          {
            label: "Add partitions…",
            icon: Plus,
            permission: "topics.alter",
            disabled: unknown,
            onSelect: () => setOpen("partitions"),
          },
          {
            label: "Copy settings to a new topic…",
            icon: CopyPlus,
            permission: "topics.create",
            onSelect: () => router.push(url`/clusters/${cluster}/topics/new` + queryString({ from: topic })),
          },
          null,
          {
            label: "Purge records…",
            icon: Eraser,
            permission: "messages.delete",
            disabled: unknown,
            danger: true,
            onSelect: () => setOpen("records"),
          },
          {
            label: "Recreate topic…",
            icon: RotateCcw,
            permission: "topics.delete",
            disabled: unknown,
            danger: true,
            onSelect: () => setOpen("recreate"),
          },
          {
            label: "Delete topic…",
            icon: Trash2,
            permission: "topics.delete",
            disabled: unknown,
            danger: true,
            onSelect: () => setOpen("delete"),
          },
        ]}
      />
      {Dialog && detail && <Dialog cluster={cluster} topic={topic} detail={detail} onClose={() => setOpen(null)} />}
    </>
  );
}

/** By page: the command that prints what is on it. The messages and configs pages have their own. */
const commands: Record<string, (topic: string, bootstrap: string | undefined) => string> = {
  messages: (topic, bootstrap) => consumeCommand(topic, new URLSearchParams(window.location.search), bootstrap),
  partitions: (topic, bootstrap) =>
    [
      kafkaCommand("kafka-topics", ["--describe", ["--topic", exactly(topic)]], bootstrap),
      kafkaCommand(
        "kafka-get-offsets",
        [
          ["--topic-partitions", `${exactly(topic)}:`],
          ["--time", "latest"],
        ],
        bootstrap,
      ),
    ].join("\n"),
  acls: (topic, bootstrap) =>
    kafkaCommand("kafka-acls", ["--list", ["--topic", topic], ["--resource-pattern-type", "match"]], bootstrap),
};
