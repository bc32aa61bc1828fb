"use client";
import { useQuery } from "@tanstack/react-query";
import { Eraser, History, Trash2, Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Can, useDenied } from "@/components/ui/can";
import { CopyAsCommand } from "@/components/ui/copy-as-command";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Menu } from "@/components/ui/menu";
import type { GroupDetail } from "@/lib/api/groups";
import { undosQuery } from "@/lib/client/group-offsets";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { describeGroupCommand } from "./group-commands";
import { resetHref } from "./reset/reset-url";

// Plans and their tables are much of the page's weight: each comes when it is opened.
const DeleteGroupDialog = dynamic(() => import("./delete-group-dialog").then((module) => module.DeleteGroupDialog));
const DeleteOffsetsDialog = dynamic(() =>
  import("./delete-offsets-dialog").then((module) => module.DeleteOffsetsDialog),
);
const PutBackDialog = dynamic(() => import("./put-back-dialog").then((module) => module.PutBackDialog));

const reset = "Reset offsets…";

type Props = {
  cluster: string;
  group: string;
  /** Null: it is not known yet, or could not be read. */
  detail: GroupDetail | null;
  /** The topic the page shows; empty: all. */
  topic: string;
};

/** What can be done with a group. Each opens a plan first. */
export function GroupActions({ cluster, group, detail, topic }: Props) {
  const bootstrap = useBootstrap(cluster);
  const { data: undos } = useQuery({ ...undosQuery(cluster, group), meta: { ageless: true } });
  const [open, setOpen] = useState<"offsets" | "group" | "undo" | null>(null);
  const close = () => setOpen(null);
  const committed = [
    ...new Set(detail?.partitions.flatMap((row) => (row.committed === null ? [] : [row.topic])) ?? []),
  ];
  const [newest] = undos?.items ?? [];
  const unknown = detail === null ? "The group is not known" : null;
  return (
    <>
      <span className="max-md:hidden">
        <CopyAsCommand command={() => describeGroupCommand(group, detail?.type ?? null, bootstrap)} />
      </span>
      <ResetLink cluster={cluster} group={group} topic={topic} />
      <Menu
        label={`Actions for ${group}`}
        items={[
          {
            label: "Undo last change…",
            icon: Undo2,
            permission: "groups.alter",
            disabled: newest === undefined ? "No change is known that could be undone" : null,
            onSelect: () => setOpen("undo"),
          },
          null,
          {
            label: "Delete offsets of a topic…",
            icon: Eraser,
            permission: "groups.alter",
            disabled: unknown ?? (committed.length === 0 ? "The group has no committed offset" : null),
            danger: true,
            onSelect: () => setOpen("offsets"),
          },
          {
            label: "Delete group…",
            icon: Trash2,
            permission: "groups.delete",
            disabled: unknown,
            danger: true,
            onSelect: () => setOpen("group"),
          },
        ]}
      />
      {open === "offsets" && (
        <DeleteOffsetsDialog
          cluster={cluster}
          group={group}
          topics={committed}
          {...(committed.includes(topic) ? { topic } : {})}
          onClose={close}
        />
      )}
      {open === "group" && <DeleteGroupDialog cluster={cluster} group={group} onClose={close} />}
      {open === "undo" && newest && <PutBackDialog cluster={cluster} group={group} undo={newest} onClose={close} />}
    </>
  );
}

/** Leads to the plan of a reset; locked with its reason where groups may not be changed. */
function ResetLink({ cluster, group, topic }: { cluster: string; group: string; topic: string }) {
  const denied = useDenied("groups.alter");
  if (denied !== null)
    return (
      <Can permission="groups.alter">
        <Button iconOnPhone>{reset}</Button>
      </Can>
    );
  return (
    <Link
      href={resetHref(cluster, group, topic === "" ? {} : { topics: [{ topic }] })}
      look="button"
      aria-label={reset}
      className="max-md:w-control max-md:px-0"
    >
      <Icon of={History} className="text-muted" />
      <span className="max-md:hidden">{reset}</span>
    </Link>
  );
}
