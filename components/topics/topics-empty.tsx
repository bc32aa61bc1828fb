import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { counted } from "@/lib/format";
import { createTopicCommand } from "@/lib/shell";
import { CreateLink } from "./create-link";

/** Why the list is empty, and the way on: no topic at all, or none that the filter leaves. */
export function TopicsEmpty({
  cluster,
  none,
  filter,
  hiddenInternal,
  onlyProblems,
  onChange,
}: {
  cluster: string;
  none: boolean;
  filter: string;
  hiddenInternal: number;
  onlyProblems: boolean;
  onChange: (change: { q?: string; internal?: string; problems?: string }, how?: "push") => void;
}) {
  if (none)
    return (
      <EmptyState
        title="No topics yet"
        actions={<CreateLink cluster={cluster} />}
        command={createTopicCommand({ name: "orders", partitions: 3, replicationFactor: null, configs: {} })}
      >
        This cluster answers and is empty, or you may describe none of its topics. Create a topic, or start a producer:
        many clusters create what is first written to.
      </EmptyState>
    );
  const hidden = hiddenInternal > 0 && (
    <Button onClick={() => onChange({ internal: "1" }, "push")}>
      Show {counted(hiddenInternal, "internal topic")}
    </Button>
  );
  if (onlyProblems)
    return (
      <EmptyState
        title="No topic has a problem"
        actions={
          <>
            <Button onClick={() => onChange({ problems: "" }, "push")}>Show all topics</Button>
            {hidden}
          </>
        }
      >
        {filter === ""
          ? "Every partition has a leader and all its replicas in sync."
          : `Among those that match “${filter}”.`}
      </EmptyState>
    );
  return (
    <EmptyState
      title={filter === "" ? "Only internal topics" : `No topic matches “${filter}”`}
      actions={
        <>
          {filter !== "" && <Button onClick={() => onChange({ q: "" })}>Clear the filter</Button>}
          {hidden}
        </>
      }
    >
      {hiddenInternal > 0 && `${counted(hiddenInternal, "internal topic")} hidden.`}
    </EmptyState>
  );
}
