"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Banner } from "@/components/ui/banner";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Facts } from "@/components/ui/facts";
import { Loaded } from "@/components/ui/loaded";
import { Int } from "@/components/ui/number";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { notify } from "@/components/ui/toast";
import type { DeleteGroupPlan } from "@/lib/api/group-offsets";
import { url } from "@/lib/api/url";
import { problemOfError } from "@/lib/client/call";
import { deleteGroupPlanQuery, useDeleteGroup } from "@/lib/client/group-offsets";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { deleteGroupCommand } from "@/lib/shell-groups";
import { CommitTable } from "./commit-table";
import { usePutBack } from "./put-back";
import { LiveNames } from "./reset/group-says";
import { offsetWord } from "./reset/reset-words";

/**
 * Deletes a group after its name was typed, and leads to the list; the toast there offers the undo. Open as long as it is drawn:
 * `{isOpen && <DeleteGroupDialog cluster group onClose={…} />}`. Open it from a control inside `<Can permission="groups.delete">`.
 */
export function DeleteGroupDialog({
  cluster,
  group,
  onClose,
}: {
  cluster: string;
  group: string;
  onClose: () => void;
}) {
  const router = useRouter();
  const plan = useQuery(deleteGroupPlanQuery(cluster, group));
  const deletion = useDeleteGroup(cluster);
  const putBack = usePutBack(cluster);
  const bootstrap = useBootstrap(cluster);
  const planned = plan.data;
  const confirm = () => {
    if (!planned) return;
    deletion.mutate(group, {
      onSuccess: ({ undo }) => {
        notify({
          text: `Group ${group} deleted.`,
          ...(undo ? { action: { label: "Undo", onSelect: () => putBack(group, undo) } } : {}),
        });
        router.push(url`/clusters/${cluster}/groups`);
      },
      onError: () => plan.refetch(),
    });
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Delete ${group}`}
      verb="Delete group"
      danger
      gate={{ kind: "name", noun: "group", name: group }}
      busy={plan.isFetching || deletion.isPending}
      refused={planned === undefined || planned.problem !== null || planned.live.length > 0}
      problem={deletion.error ? problemOfError(deletion.error) : null}
      command={planned ? deleteGroupCommand(planned, bootstrap) : undefined}
      onConfirm={confirm}
    >
      <Loaded query={plan}>{(found) => <Plan plan={found} />}</Loaded>
    </ConfirmDialog>
  );
}

function Plan({ plan: { type, live, problem, partitions, lag, undo } }: { plan: DeleteGroupPlan }) {
  const word = offsetWord(type);
  return (
    <>
      {live.length > 0 ? (
        <Banner tone="warn">
          <b>It cannot be deleted while it has members.</b> <LiveNames live={live} /> Stop{" "}
          {live.length === 1 ? "it" : "them"} first.
        </Banner>
      ) : (
        problem && <ProblemPanel problem={problem} />
      )}
      <p>
        The group goes with the {word}s below; no record is touched. Consumers that start under its name begin where
        auto.offset.reset says. {undo ? `Undo makes it again with the same ${word}s.` : "There is no undo."} Nothing has
        been written yet.
      </p>
      <Facts
        of={[
          {
            label: `${word === "offset" ? "Committed offsets" : "Start offsets"}`,
            value: <Int value={partitions.length} />,
          },
          { label: "Topics", value: <Int value={new Set(partitions.map(({ topic }) => topic)).size} /> },
          { label: "Lag it leaves behind", value: <Int value={lag} why="Not known for any partition" /> },
        ]}
      />
      <CommitTable rows={partitions} label="Offsets that go with the group" />
    </>
  );
}
