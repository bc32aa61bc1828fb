"use client";
import { useQuery } from "@tanstack/react-query";
import { CopyPlus, Ellipsis, Eraser, Link as LinkIcon, Send, Terminal } from "lucide-react";
import { useRouter } from "next/navigation";
import { copyText } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { notify } from "@/components/ui/toast";
import type { Message } from "@/lib/api/messages";
import { queryString, url } from "@/lib/api/url";
import { topicQuery } from "@/lib/client/topics";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { consumeRecordCommand } from "@/lib/shell";

const copy = async (text: string, done: string) => {
  const isDone = await copyText(text);
  notify(isDone ? { text: done } : { text: "The browser did not allow copying.", tone: "warn" });
};

type Props = {
  cluster: string;
  topic: string;
  /** `partition:offset`. */
  place: string;
  /** Null while it is not known. */
  record: Message | null;
  /** The address that shows this record as it is shown here. */
  link: () => string;
};

/** What can be done with a record: taken along, or written again. Writing opens a page with its plan. */
export function RecordActions({ cluster, topic, place, record, link }: Props) {
  const router = useRouter();
  const bootstrap = useBootstrap(cluster);
  const { data: detail } = useQuery(topicQuery(cluster, topic));
  const [partition = "", offset = ""] = place.split(":");
  const unwritable = record === null ? "The record is not known yet." : whyNotWritten(record);
  const go = (page: string, more: Record<string, string>) => router.push(page + queryString({ from: place, ...more }));
  const producing = url`/clusters/${cluster}/topics/${topic}/produce`;
  return (
    <Menu
      label="Actions for this record"
      button={(opener) => <IconButton label="Actions for this record" icon={Ellipsis} {...opener} />}
      items={[
        { label: "Copy the link", icon: LinkIcon, onSelect: () => copy(link(), "Copied the link to this record") },
        {
          label: "Copy as command",
          icon: Terminal,
          onSelect: () =>
            copy(
              consumeRecordCommand(topic, partition, offset, bootstrap),
              "Copied the command that prints this record",
            ),
        },
        null,
        {
          label: "Edit and resend…",
          icon: Send,
          permission: "messages.produce",
          disabled: unwritable,
          onSelect: () => go(producing, {}),
        },
        {
          label: "Copy to…",
          icon: CopyPlus,
          permission: "messages.produce",
          disabled: unwritable,
          onSelect: () => go(`${producing}/copy`, {}),
        },
        {
          label: "Tombstone…",
          icon: Eraser,
          permission: "messages.produce",
          danger: true,
          disabled: unwritable ?? whyNoTombstone(record, detail?.cleanupPolicy),
          onSelect: () => go(producing, { mode: "tombstone" }),
        },
      ]}
    />
  );
}

function whyNotWritten(record: Message): string | null {
  if (record.control) return "A marker of a transaction is no record of a producer.";
  return record.problem ? "The batch of this record could not be read." : null;
}

/** A tombstone deletes by key, and only where the topic is compacted. `policy` undefined: not known yet; null: cannot be told. */
function whyNoTombstone(record: Message | null, policy: string | null | undefined): string | null {
  if (record?.key === null) return "This record has no key, so nothing can be deleted by it.";
  if (policy === undefined) return "The topic's cleanup policy is not known yet.";
  if (policy !== null && !policy.includes("compact"))
    return "The topic is not compacted: a tombstone would be one more record and delete nothing.";
  return null;
}
