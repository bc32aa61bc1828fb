import { LoaderCircle, TriangleAlert } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import type { Assigned, GroupMember } from "@/lib/api/groups";
import { bytes } from "@/lib/format";
import { assignedWords, countAssigned, partitionRanges, stillToMove } from "./partition-ranges";

/** What a machine reads, cut where it is too long. */
export const Mono = ({ value, muted = false }: { value: string; muted?: boolean }) => (
  <span className={`block truncate font-mono text-12 leading-[inherit] ${muted ? "text-muted" : ""}`} title={value}>
    {value}
  </span>
);

/** `payments 0-3, 7`: the topics muted, the partitions in ink. */
export const Ranges = ({ of: assigned }: { of: Assigned }) =>
  assigned.map(({ topic, partitions }, at) => (
    <span key={topic}>
      {at > 0 && "; "}
      <span className="text-muted">{topic}</span> {partitionRanges(partitions)}
    </span>
  ));

type Move = ReturnType<typeof stillToMove>;

const assignedTitle = (assignment: Assigned, move: Move): string =>
  [
    assignedWords(assignment),
    ...(move && move.takes.length > 0 ? [`still to take: ${assignedWords(move.takes)}`] : []),
    ...(move && move.gives.length > 0 ? [`still to give up: ${assignedWords(move.gives)}`] : []),
  ].join("\n");

/** The partitions a member holds; why they are not known; and what it is still to take over or give up. */
export function AssignedCell({ member }: { member: GroupMember }) {
  const { assignment, undecodable } = member;
  if (undecodable !== null)
    return (
      <span className="inline-flex items-center gap-1.5 text-ink-2" title={undecodable.why}>
        <Icon of={TriangleAlert} size={12} className="text-warn" />
        {bytes(undecodable.bytes)} that cannot be read
      </span>
    );
  if (assignment === null)
    return (
      <span className="text-muted" title="The group's protocol is not that of ordinary consumers">
        not told
      </span>
    );
  const move = stillToMove(member);
  return (
    <span className="block truncate" title={assignedTitle(assignment, move)}>
      {assignment.length === 0 ? <span className="text-muted">none</span> : <Ranges of={assignment} />}
      {move && (
        <span className="text-info">
          {" "}
          {[
            ...(move.takes.length > 0 ? [`${countAssigned(move.takes)} to take`] : []),
            ...(move.gives.length > 0 ? [`${countAssigned(move.gives)} to give up`] : []),
          ].join(", ")}
        </span>
      )}
    </span>
  );
}

/** The epoch of a member, marked while it is behind that of the group. */
export function MemberEpoch({ member, groupEpoch }: { member: GroupMember; groupEpoch: number | null }) {
  const { memberEpoch } = member;
  if (memberEpoch === null) return <span className="text-muted">—</span>;
  const behind = groupEpoch !== null && memberEpoch < groupEpoch;
  return (
    <span
      className="inline-flex items-center gap-1.5"
      title={behind ? `Still to follow epoch ${groupEpoch} of the group` : undefined}
    >
      {behind && <Icon of={LoaderCircle} size={12} className="text-info" />}
      {memberEpoch}
    </span>
  );
}
