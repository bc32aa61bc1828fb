"use client";
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Loaded } from "@/components/ui/loaded";
import { notify } from "@/components/ui/toast";
import type { BrokerSummary } from "@/lib/api/brokers";
import { problemOfError } from "@/lib/client/call";
import { type ElectionPlan, electionPlanQuery, useElectLeaders } from "@/lib/client/clusters";
import { useHoldRefresh } from "@/lib/client/refresh";
import { counted } from "@/lib/format";
import { electionCommand } from "./commands";
import { ElectionMoves } from "./election-moves";

const title = "Elect preferred leaders";

function told({ partitions }: ElectionPlan): Parameters<typeof notify>[0] {
  const moved = partitions.filter(({ problem, before, after }) => problem === null && before !== after).length;
  const text = `${moved} of ${counted(partitions.length, "partition")} ${moved === 1 ? "is" : "are"} led by the preferred replica now, read back.`;
  return moved === partitions.length ? { text } : { tone: "warn", text: `${text} Trying again is safe.` };
}

/** What an election would move, and the button. */
export function ElectionDialog({
  cluster,
  bootstrap,
  brokers,
  onClose,
}: {
  cluster: string;
  bootstrap: string[];
  brokers: BrokerSummary[];
  onClose: () => void;
}) {
  useHoldRefresh("editing");
  const query = useQuery(electionPlanQuery(cluster));
  const elect = useElectLeaders(cluster);
  const plan = query.data;
  const ready = plan?.partitions.filter(({ problem }) => problem === null).length ?? 0;
  if (!plan || ready === 0)
    return (
      <Dialog open onClose={onClose} title={title} footer={<Button onClick={onClose}>Close</Button>}>
        <Loaded query={query}>
          {({ partitions }) => (
            <>
              <p>
                {partitions.length === 0
                  ? "Every partition is led by its preferred replica."
                  : "None of these can be moved now."}
              </p>
              <ElectionMoves rows={partitions} brokers={brokers} />
            </>
          )}
        </Loaded>
      </Dialog>
    );
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={title}
      verb={`Elect ${counted(ready, "leader")}`}
      busy={elect.isPending}
      problem={elect.error ? problemOfError(elect.error) : null}
      command={electionCommand(bootstrap)}
      onConfirm={() =>
        elect.mutate(plan, {
          onSuccess: (done) => {
            notify(told(done));
            onClose();
          },
          onError: () => void query.refetch(),
        })
      }
    >
      <p>
        <b>Nothing has been moved yet.</b> {counted(ready, "partition")} will be led by {ready === 1 ? "its" : "their"}{" "}
        preferred replica again, the first in the list of replicas. Producers and consumers follow within moments; no
        record is lost.
      </p>
      <ElectionMoves rows={plan.partitions} brokers={brokers} />
    </ConfirmDialog>
  );
}
