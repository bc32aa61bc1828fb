"use client";
import { CommandBlock } from "@/components/ui/command-block";
import type { OffsetsPlan, PlanOffsetsBody } from "@/lib/api/group-offsets";
import type { GroupType } from "@/lib/api/groups";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { resetCommand, setOffsetsCommand } from "@/lib/shell-groups";
import { Says } from "./move-fields";
import { rowsToSend } from "./plan-file";

type Props = {
  cluster: string;
  group: string;
  /** null: there is no such group yet, or its type is not known. */
  type: GroupType | null;
  body: PlanOffsetsBody;
  /** undefined while it is made. */
  plan: OffsetsPlan | undefined;
};

/** The same from a shell: the wish, or, where Kafka's tool cannot say that, the very offsets of the plan. It only shows what it would do. */
export function ResetCommand({ cluster, group, type, body, plan }: Props) {
  const bootstrap = useBootstrap(cluster);
  const how = { execute: false, bootstrap };
  const shell = { groupId: group, type };
  const wish = resetCommand(shell, body, how);
  const command = wish ?? (plan ? setOffsetsCommand(shell, rowsToSend(plan), how) : null);
  if (command === null && plan === undefined) return null;
  return (
    <section className="flex min-w-0 flex-col gap-1.5 max-lg:order-last [&_pre]:max-h-[230px]">
      <h2 className="text-13 font-bold">The same from a shell</h2>
      {command === null ? (
        <Says>
          {plan?.changes === 0
            ? "Nothing changes, so there is nothing to run."
            : "Kafka's own tool has no way to say this."}
        </Says>
      ) : (
        <>
          <CommandBlock command={command} />
          <Says>With --execute in place of --dry-run it does it, without Undo.</Says>
        </>
      )}
    </section>
  );
}
