"use client";
import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Can, useDenied } from "@/components/ui/can";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { url } from "@/lib/api/url";

const words = "Create at offsets…";

/** Leads to a new group with offsets of its own; locked with its reason where groups may not be changed. */
export function CreateAtOffsets({ cluster }: { cluster: string }) {
  const denied = useDenied("groups.alter");
  if (denied !== null)
    return (
      <Can permission="groups.alter">
        <Button iconOnPhone>{words}</Button>
      </Can>
    );
  return (
    <Link href={url`/clusters/${cluster}/groups/new`} look="button" aria-label={words}>
      <Icon of={Plus} className="text-muted" />
      <span className="max-md:hidden">{words}</span>
    </Link>
  );
}
