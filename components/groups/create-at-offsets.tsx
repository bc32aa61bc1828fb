"use client";
import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Can, useDenied } from "@/components/ui/can";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { url } from "@/lib/api/url";

const name = "Create at offsets…";

/** Leads to a new group with offsets of its own; locked with its reason where groups may not be changed. `words`: on a phone too. */
export function CreateAtOffsets({ cluster, words = false }: { cluster: string; words?: boolean }) {
  const denied = useDenied("groups.alter");
  if (denied !== null)
    return (
      <Can permission="groups.alter">
        <Button iconOnPhone={!words}>{name}</Button>
      </Can>
    );
  return (
    <Link href={url`/clusters/${cluster}/groups/new`} look="button" aria-label={name}>
      <Icon of={Plus} className="text-muted" />
      <span className={words ? "" : "max-md:hidden"}>{name}</span>
    </Link>
  );
}
