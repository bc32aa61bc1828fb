import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { counted } from "@/lib/format";
import { kafkaCommand } from "@/lib/shell";
import { CreateAtOffsets } from "./create-at-offsets";
import type { GroupChoice } from "./group-list";

/** Why the list is empty, and the way on: no group at all, or none that the toolbar leaves. */
export function GroupsEmpty({
  cluster,
  total,
  choice,
  onChange,
}: {
  cluster: string;
  total: number;
  choice: GroupChoice;
  onChange: (change: Partial<GroupChoice>, how?: "push") => void;
}) {
  if (total === 0)
    return (
      <EmptyState
        title="No consumer groups yet"
        actions={<CreateAtOffsets cluster={cluster} words />}
        command={kafkaCommand("kafka-console-consumer", [
          ["--topic", "orders"],
          ["--group", "my-group"],
        ])}
      >
        This cluster answers and has no group, or you may describe none of its groups. A group comes to be when a
        consumer with a group.id joins or commits, and is forgotten a week after its last commit
        (offsets.retention.minutes).
      </EmptyState>
    );
  const chosen = choice.status !== "" || choice.state !== "" || choice.type !== "";
  return (
    <EmptyState
      title={choice.q === "" ? "No group is like that" : `No group matches “${choice.q}”`}
      actions={
        <>
          {choice.q !== "" && <Button onClick={() => onChange({ q: "" })}>Clear the filter</Button>}
          {chosen && (
            <Button onClick={() => onChange({ status: "", state: "", type: "" }, "push")}>
              Show every status, state and type
            </Button>
          )}
        </>
      }
    >
      {`Of ${counted(total, "group")} of this cluster. Words are about the group's name, topic:word is about what it reads.`}
    </EmptyState>
  );
}
