import { TriangleAlert } from "lucide-react";
import { GroupStateWord } from "@/components/ui/group-state";
import { Icon } from "@/components/ui/icon";
import { Status } from "@/components/ui/status";
import type { GroupSummary } from "@/lib/api/groups";

/** Why something of a group is not known. */
export const whyUnknown = ({ problems: [problem] }: Pick<GroupSummary, "problems">): string =>
  problem === undefined ? "The coordinator did not tell" : (problem.detail ?? problem.title);

/** The state; a lock where this user may not describe the group, and a sign where its coordinator had trouble. */
export function GroupStateCell({ row }: { row: GroupSummary }) {
  const [problem] = row.problems;
  if (problem?.code === "not-authorized") return <Status kind="not-allowed" title={whyUnknown(row)} />;
  return (
    <span className="inline-flex items-center gap-1.5 align-top" title={problem && whyUnknown(row)}>
      {problem && <Icon of={TriangleAlert} className="text-warn" />}
      <GroupStateWord state={row.state} />
    </span>
  );
}
