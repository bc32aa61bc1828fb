"use client";
import { History } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Can, useDenied } from "@/components/ui/can";
import { CopyAsCommand } from "@/components/ui/copy-as-command";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { GroupDetail } from "@/lib/api/groups";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { describeGroupCommand } from "./group-commands";
import { resetHref } from "./reset/reset-url";

const reset = "Reset offsets…";

/** What can be done with a group. `detail` null: it is not known yet, or could not be read. */
export function GroupActions({
  cluster,
  group,
  detail,
}: {
  cluster: string;
  group: string;
  detail: GroupDetail | null;
}) {
  const bootstrap = useBootstrap(cluster);
  return (
    <>
      <span className="max-md:hidden">
        <CopyAsCommand command={() => describeGroupCommand(group, detail?.type ?? null, bootstrap)} />
      </span>
      <ResetLink cluster={cluster} group={group} />
    </>
  );
}

/** Leads to the plan of a reset; locked with its reason where groups may not be changed. */
function ResetLink({ cluster, group }: { cluster: string; group: string }) {
  const denied = useDenied("groups.alter");
  if (denied !== null)
    return (
      <Can permission="groups.alter">
        <Button iconOnPhone>{reset}</Button>
      </Can>
    );
  return (
    <Link href={resetHref(cluster, group)} look="button" aria-label={reset}>
      <Icon of={History} className="text-muted" />
      <span className="max-md:hidden">{reset}</span>
    </Link>
  );
}
