"use client";
import { useQuery } from "@tanstack/react-query";
import { UserMinus } from "lucide-react";
import { Banner } from "@/components/ui/banner";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FactList } from "@/components/ui/facts";
import { Loaded } from "@/components/ui/loaded";
import { Int } from "@/components/ui/number";
import { notify } from "@/components/ui/toast";
import type { RemoveMemberResult } from "@/lib/api/group-offsets";
import { problemOfError } from "@/lib/client/call";
import { removeMemberPlanQuery, useRemoveMember } from "@/lib/client/group-offsets";
import { counted } from "@/lib/format";

type Props = {
  cluster: string;
  group: string;
  /** Its member id; the rest is asked for. */
  member: string;
  onClose: () => void;
};

/**
 * Removes a member from a group after what it holds was shown. Open as long as it is drawn: `{member && <RemoveMemberDialog …/>}`.
 * Open it from a control inside `<Can permission="groups.alter">`.
 */
export function RemoveMemberDialog({ cluster, group, member, onClose }: Props) {
  const plan = useQuery(removeMemberPlanQuery(cluster, group, member));
  const removal = useRemoveMember(cluster, group);
  const confirm = () =>
    removal.mutate(member, {
      onSuccess: ({ clientId, comesBack }) => {
        notify({
          text: `${clientId || member} removed${comesBack ? ". If it still runs it joins again" : ""}.`,
        });
        onClose();
      },
      onError: () => plan.refetch(),
    });
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title="Remove a member"
      verb="Remove member"
      danger
      icon={UserMinus}
      busy={plan.isFetching || removal.isPending}
      refused={plan.data === undefined}
      problem={removal.error ? problemOfError(removal.error) : null}
      onConfirm={confirm}
    >
      <Loaded query={plan}>{(found) => <Plan plan={found} />}</Loaded>
    </ConfirmDialog>
  );
}

function Plan({ plan }: { plan: RemoveMemberResult }) {
  const { groupId, memberId, instanceId, clientId, host, partitions, remaining, comesBack } = plan;
  return (
    <>
      <p>{takeover(partitions, remaining)} Nothing has been written yet.</p>
      <FactList
        of={[
          { label: "Group", value: groupId },
          { label: "Client", value: clientId === "" ? <Int value={null} why="It gave no client.id" /> : clientId },
          { label: "Host", value: host.replace(/^\//, "") },
          instanceId === null ? null : { label: "Instance", value: <code>{instanceId}</code> },
          { label: "Member id", value: <code>{memberId}</code> },
          { label: "Partitions", value: <Int value={partitions} why="Its assignment could not be read" /> },
          { label: "Members left", value: <Int value={remaining} /> },
        ]}
      />
      <p className="text-12 text-muted">None of Kafka's own tools removes a single member.</p>
      {comesBack && (
        <Banner tone="info">
          <b>A client that still runs joins again by itself.</b> This helps against a member that hangs or whose machine
          is gone; to keep one away, stop it.
        </Banner>
      )}
    </>
  );
}

function takeover(partitions: number | null, remaining: number): string {
  const held = partitions === null ? "What it holds" : counted(partitions, "partition");
  if (partitions === 0) return "It holds no partition; the group goes on without it.";
  if (remaining === 0)
    return `It is the last one: nobody reads ${partitions === null ? "what it holds" : `its ${held}`} then.`;
  return `${held} ${partitions === 1 ? "goes" : "go"} to the ${remaining === 1 ? "other member" : `${remaining} other members`}, after a rebalance.`;
}
