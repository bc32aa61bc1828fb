"use client";
import { UserMinus } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { ColumnsChooser, useColumns } from "@/components/ui/columns-chooser";
import { DataTable } from "@/components/ui/data-table";
import { PhoneRow } from "@/components/ui/data-table-row";
import { Lag } from "@/components/ui/lag";
import { Panel } from "@/components/ui/panel";
import { useTallest } from "@/components/ui/use-tallest";
import type { GroupDetail, GroupMember } from "@/lib/api/groups";
import { integer } from "@/lib/format";
import { AssignedCell, Mono } from "./group-member-cells";
import { groupMemberColumns } from "./group-member-columns";
import type { GroupUrl, SetGroupUrl } from "./group-url";
import { MemberPanel } from "./member-panel";

const RemoveMemberDialog = dynamic(() => import("./remove-member-dialog").then((module) => module.RemoveMemberDialog));

const rowKey = ({ memberId }: GroupMember) => memberId;
const tallest = 480;

type Props = { cluster: string; group: GroupDetail; state: GroupUrl; set: SetGroupUrl };

/** Who reads, from where, and which part. */
export function GroupMembers({ cluster, group, state, set }: Props) {
  const [removed, setRemoved] = useState<string | null>(null);
  const maxHeight = useTallest(group.memberList.length, tallest);
  const columns = useMemo(() => groupMemberColumns(group), [group]);
  const shown = useColumns("group-members", columns, "mcols");
  const opened = group.memberList.find((member) => rowKey(member) === state.member);
  const close = () => set({ member: "" });
  return (
    <Panel
      flush
      className="shrink-0"
      title="Members"
      meta={group.members === null ? "not told" : integer(group.memberList.length)}
      actions={
        group.memberList.length > 0 && (
          <span className="max-md:hidden">
            <ColumnsChooser table="group-members" columns={columns} shown={shown} param="mcols" bare />
          </span>
        )
      }
    >
      {group.memberList.length === 0 ? (
        <p className="px-3 py-2.5 text-ink-2">{noMembers(group)}</p>
      ) : (
        <DataTable
          label={`Members of ${group.groupId}`}
          rows={group.memberList}
          columns={shown}
          rowKey={rowKey}
          sort={state.msort}
          onSort={(msort) => set({ msort }, "push")}
          onOpen={(member) => set({ member: rowKey(member) === state.member ? "" : rowKey(member) })}
          current={opened ? rowKey(opened) : null}
          maxHeight={maxHeight}
          phone={(member) => (
            <PhoneRow
              name={<Mono value={member.clientId} />}
              figures={[<AssignedCell key="assigned" member={member} />]}
              end={<Lag value={member.lag} />}
            />
          )}
        />
      )}
      {opened && (
        <MemberPanel
          member={opened}
          actions={
            <Can permission="groups.alter">
              <Button icon={UserMinus} look="danger" onClick={() => setRemoved(opened.memberId)}>
                Remove member…
              </Button>
            </Can>
          }
          onClose={close}
        />
      )}
      {removed !== null && (
        <RemoveMemberDialog cluster={cluster} group={group.groupId} member={removed} onClose={() => setRemoved(null)} />
      )}
    </Panel>
  );
}

const noMembers = ({ members, state }: GroupDetail): string => {
  if (members === null) return "The coordinator did not tell the members.";
  if (state === "Dead") return "The group is being removed.";
  return "No member: nothing reads at the moment. The committed offsets are kept until they expire (offsets.retention.minutes).";
};
