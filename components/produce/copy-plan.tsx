"use client";
import { useQuery } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ClusterMark } from "@/components/ui/cluster-mark";
import { Int } from "@/components/ui/number";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import type { ClusterCard } from "@/lib/api/clusters";
import type { CopyBody } from "@/lib/api/produce";
import { problemOfError } from "@/lib/client/call";
import { type CopyPlan, copyPlanQuery } from "@/lib/client/produce";
import { counted } from "@/lib/format";

type Props = {
  /** Of the target. */
  cluster: string;
  topic: string;
  /** undefined: the clusters are being asked for; null: there is none of that name. */
  card: ClusterCard | null | undefined;
  /** Only what matches is copied. */
  narrowed: boolean;
  /** Null while no target is chosen. */
  body: CopyBody | null;
  /** With the cursor of the plan, so that just what it says is copied. */
  onCopy: (cursor: string | null) => void;
};

const nothing: CopyBody = { from: { cluster: "" } };

/** How much is looked through and where it is written, and the button. What is written cannot be taken back, so that is understood first. */
export function CopyPlanPanel({ cluster, topic, card, narrowed, body, onCopy }: Props) {
  const [understood, setUnderstood] = useState(false);
  const denied = card?.readOnly
    ? `${cluster} is read-only: ${card.readOnlyReason ?? "nothing is written to it."}`
    : null;
  const plan = useQuery({
    ...copyPlanQuery(cluster, topic, body ?? nothing),
    enabled: body !== null && card !== undefined && denied === null,
  });
  const records = body?.from.records?.length ?? null;
  // A few records that were picked are seen whole; a search, or a cluster that is marked as somebody's, is not.
  const isGated = records === null || Boolean(card?.label);
  const isReady = body !== null && plan.data !== undefined && !plan.isFetching && (!isGated || understood);
  const copy = () => isReady && onCopy(plan.data.cursor ?? null);
  useShortcuts({ "mod+Enter": copy });
  return (
    <div className="flex flex-col gap-3">
      <div aria-live="polite" className="flex flex-col gap-2">
        {body === null ? (
          <p className="text-muted">Choose the topic that the records are written to.</p>
        ) : denied !== null ? (
          <p className="text-muted">{denied}</p>
        ) : plan.error ? (
          <ProblemPanel problem={problemOfError(plan.error)} onRetry={() => plan.refetch()} />
        ) : plan.data ? (
          <PlanWords plan={plan.data} records={records} narrowed={narrowed} topic={topic} />
        ) : (
          <p className="text-muted">Asking how much that is…</p>
        )}
      </div>
      {isGated && plan.data && (
        <Checkbox checked={understood} onChange={setUnderstood}>
          I understand that the records are added to {topic} on {cluster}
          {card?.label ? ` (${card.label})` : ""}, where its consumers read them, and that this cannot be undone
        </Checkbox>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" icon={Copy} disabled={denied ?? !isReady} onClick={copy}>
          {records === null ? "Copy records" : `Copy ${counted(records, "record")}`}
        </Button>
        <span className="flex items-center gap-1.5 text-12 text-muted">
          to {cluster} {card && <ClusterMark mark={card} />}
        </span>
      </div>
    </div>
  );
}

type Words = { plan: CopyPlan; records: number | null; narrowed: boolean; topic: string };

function PlanWords({ plan, records, narrowed, topic }: Words) {
  return (
    <>
      <p>
        {records === null ? (
          <>
            At most{" "}
            <b>
              <Int value={plan.offsets} plainZero /> offsets
            </b>{" "}
            are looked through; {narrowed ? "records that match" : "the records in them"} are written to
          </>
        ) : (
          <>
            <b>{counted(records, "record")}</b> {records === 1 ? "is" : "are"} written to
          </>
        )}{" "}
        <b>{topic}</b>, which has {counted(plan.partitions, "partition")}. Keys, values and headers stay byte for byte.
      </p>
      {plan.warnings.map((warning) => (
        <p key={`${warning.code} ${warning.detail}`} className="text-warn">
          {warning.detail ?? warning.title}
        </p>
      ))}
    </>
  );
}
