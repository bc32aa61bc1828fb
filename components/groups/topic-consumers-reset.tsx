"use client";
import { Lock } from "lucide-react";
import { resetHref } from "@/components/groups/reset/reset-url";
import { useDenied } from "@/components/ui/can";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";

/** Leads to the plan that resets a group's offsets of this topic alone; locked with its reason where that may not be. */
export function ResetLink({ cluster, topic, group }: { cluster: string; topic: string; group: string }) {
  const denied = useDenied("groups.alter");
  if (denied !== null)
    return (
      <span className="inline-flex items-center gap-1.5 text-muted" title={denied}>
        <Icon of={Lock} />
        Reset<span className="sr-only">: {denied}</span>
      </span>
    );
  return (
    <Link href={resetHref(cluster, group, { topics: [{ topic }] })} look="text" aria-label={`Reset ${group}`}>
      Reset…
    </Link>
  );
}
