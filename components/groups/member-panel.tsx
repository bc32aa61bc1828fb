"use client";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { FactList } from "@/components/ui/facts";
import { IconButton } from "@/components/ui/icon-button";
import { Missing } from "@/components/ui/null-mark";
import { Term } from "@/components/ui/term";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import type { Assigned, GroupMember } from "@/lib/api/groups";
import { counted } from "@/lib/format";
import { Mono } from "./group-member-cells";
import { countAssigned, partitionRanges, stillToMove } from "./partition-ranges";

/** Topics of an assignment that are listed; a member with more has the rest counted. */
const mostListed = 200;

function AssignedList({ of: assigned, none }: { of: Assigned; none: string }) {
  if (assigned.length === 0) return <span className="text-muted">{none}</span>;
  return (
    <ul>
      {assigned.slice(0, mostListed).map(({ topic, partitions }) => (
        <li key={topic} className="wrap-anywhere">
          <span className="text-muted">{topic}</span> {partitionRanges(partitions)}
        </li>
      ))}
      {assigned.length > mostListed && <li className="text-muted">and {assigned.length - mostListed} topics more</li>}
    </ul>
  );
}

const named = (value: string | null, why: string) =>
  value === null || value === "" ? <Missing why={why} /> : <Mono value={value} />;

function assignedFacts(member: GroupMember) {
  const { assignment, undecodable } = member;
  const move = stillToMove(member);
  return [
    undecodable === null
      ? null
      : {
          label: "Assignment",
          value: `${counted(undecodable.bytes, "byte")} that cannot be read: ${undecodable.why}`,
        },
    assignment === null
      ? null
      : {
          label: "Holds",
          value: (
            <>
              {counted(countAssigned(assignment), "partition")}
              {assignment.length > 0 && <AssignedList of={assignment} none="" />}
            </>
          ),
        },
    move === null
      ? null
      : {
          key: "target",
          label: <Term id="target-assignment">Still to take</Term>,
          value: <AssignedList of={move.takes} none="nothing" />,
        },
    move === null ? null : { label: "Still to give up", value: <AssignedList of={move.gives} none="nothing" /> },
  ];
}

type Tasks = NonNullable<GroupMember["streams"]>["active"];

const tasks = (of: Tasks): ReactNode =>
  of.length === 0 ? (
    <span className="text-muted">none</span>
  ) : (
    of.map(({ subtopology, partitions }) => (
      <div key={subtopology}>
        <span className="text-muted">{subtopology}</span> {partitionRanges(partitions)}
      </div>
    ))
  );

function streamsFacts({ streams }: GroupMember) {
  if (streams === null) return [];
  return [
    { label: "Process", value: <Mono value={streams.processId} /> },
    { label: "Endpoint", value: named(streams.endpoint, "It names none") },
    { label: "Topology epoch", value: streams.topologyEpoch },
    { label: "Active tasks", value: tasks(streams.active) },
    { label: "Standby tasks", value: tasks(streams.standby) },
    { label: "Warm-up tasks", value: tasks(streams.warmup) },
    Object.keys(streams.tags).length === 0
      ? null
      : {
          label: "Tags",
          value: Object.entries(streams.tags)
            .map(([name, value]) => `${name}=${value}`)
            .join(", "),
        },
  ];
}

/** One member in full: its names, what it asked for, what it holds and what it is still to take over. */
export function MemberPanel({
  member,
  actions,
  onClose,
}: {
  member: GroupMember;
  actions?: ReactNode;
  onClose: () => void;
}) {
  useShortcuts({ Escape: onClose });
  const { subscribed, subscribedRegex } = member;
  return (
    <section aria-label={`Member ${member.clientId}`} className="border-t border-border bg-sunken">
      <header className="flex items-center gap-2 px-3 pt-1.5">
        <h3 className="min-w-0 flex-1 font-mono text-12 wrap-anywhere">{member.clientId}</h3>
        {actions}
        <IconButton label="Close" icon={X} onClick={onClose} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <div tabIndex={0} className="max-h-[320px] overflow-y-auto px-3 pb-2.5 -outline-offset-2!">
        <FactList
          of={[
            { label: "Member id", value: <Mono value={member.memberId} /> },
            { label: "Instance id", value: named(member.instanceId, "Not a static member") },
            { label: "Host", value: <Mono value={member.host} /> },
            member.rack === null ? null : { label: "Rack", value: <Mono value={member.rack} /> },
            member.protocol === null ? null : { label: "Speaks", value: `the ${member.protocol} protocol` },
            {
              label: "Subscribed to",
              value:
                subscribedRegex !== null && subscribedRegex !== "" ? (
                  <Mono value={`/${subscribedRegex}/`} />
                ) : subscribed === null ? (
                  <Missing why="It is not told" />
                ) : (
                  subscribed.join(", ") || <span className="text-muted">nothing</span>
                ),
            },
            ...assignedFacts(member),
            ...streamsFacts(member),
          ]}
        />
      </div>
    </section>
  );
}
