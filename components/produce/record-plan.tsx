"use client";
import { useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Bytes } from "@/components/ui/bytes";
import { Can, useAllowed, useDenied } from "@/components/ui/can";
import { Checkbox } from "@/components/ui/checkbox";
import { ClusterMark, useMark } from "@/components/ui/cluster-mark";
import { CommandBlock } from "@/components/ui/command-block";
import { FactList } from "@/components/ui/facts";
import { Panel } from "@/components/ui/panel";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { useSettled } from "@/components/ui/use-settled";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import type { ProduceBody, ProduceResult } from "@/lib/api/produce";
import { problemOfError } from "@/lib/client/call";
import { producePlanQuery, useProduce } from "@/lib/client/produce";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { produceCommand } from "@/lib/shell-produce";
import { RecordWritten } from "./record-written";

type Props = {
  cluster: string;
  topic: string;
  /** Null while something is wrong with what is typed. */
  body: ProduceBody | null;
  /** What is wrong then: the parts of the form. */
  missing: string[];
  /** `partition:offset` of the record this one was made from. */
  source: string | undefined;
  gate: string | undefined;
};

const nothing: ProduceBody = { records: [] };

/** Where the record goes and how large it is, as the server would do it; the button; then where it was written. */
export function RecordPlan({ cluster, topic, body, missing, source, gate }: Props) {
  const bootstrap = useBootstrap(cluster);
  const mark = useMark();
  const denied = useDenied("messages.produce");
  const allowed = useAllowed("messages.produce");
  const asked = useSettled(body);
  const settled = body !== null && JSON.stringify(body) === JSON.stringify(asked);
  const sending = useProduce(cluster, topic);
  const [understood, setUnderstood] = useState(false);
  const plan = useQuery({
    ...producePlanQuery(cluster, topic, asked ?? nothing),
    enabled: settled && allowed,
  });
  const item = plan.data?.items[0];
  const isTombstone = body?.records[0]?.value === null;
  const isReady = settled && item !== undefined && item.problem === null && (gate === undefined || understood);
  // What was sent is shown until something else is to be sent; the plan of that comes below it.
  const isSent = sending.data !== undefined && JSON.stringify(body) === JSON.stringify(sending.variables);
  const send = () => {
    if (body !== null && isReady && !sending.isPending && !isSent) sending.mutate(body);
  };
  useShortcuts({ "mod+Enter": send });
  const written = sending.data && (
    <Panel title="Sent">
      <RecordWritten cluster={cluster} topic={topic} result={sending.data} source={source} onAnother={sending.reset} />
    </Panel>
  );
  if (isSent) return written;
  return (
    <>
      {written}
      <Panel title="Plan" meta="nothing has been written yet">
        <div className="flex flex-col gap-3">
          <div aria-live="polite" className="flex flex-col gap-2">
            {denied !== null ? (
              <p className="text-muted">{denied}</p>
            ) : body === null ? (
              <p className="text-muted">{missingWords(missing)}</p>
            ) : settled && plan.error ? (
              <ProblemPanel problem={problemOfError(plan.error)} onRetry={() => plan.refetch()} />
            ) : settled && plan.data ? (
              <PlanFacts plan={plan.data} body={body} />
            ) : (
              <p className="text-muted">Asking where it would go…</p>
            )}
          </div>
          {sending.error && <ProblemPanel problem={problemOfError(sending.error)} />}
          {gate !== undefined && (
            <Checkbox checked={understood} onChange={setUnderstood}>
              {gate}
            </Checkbox>
          )}
          <div className="flex flex-wrap items-center gap-2">
            <Can permission="messages.produce">
              <Button look="primary" icon={Send} disabled={!isReady} busy={sending.isPending} onClick={send}>
                {isTombstone ? "Send 1 tombstone" : "Send 1 record"}
              </Button>
            </Can>
            <span className="flex items-center gap-1.5 text-12 text-muted">
              {mark && `on ${mark.cluster}`} {mark && <ClusterMark mark={mark} />}
            </span>
          </div>
          {body !== null && (
            <CommandBlock
              label="The same from a shell"
              command={produceCommand({ cluster, topic, body, bootstrap, origin: window.location.origin })}
            />
          )}
        </div>
      </Panel>
    </>
  );
}

const missingWords = (parts: string[]): string =>
  `Once ${parts.map((part) => `the ${part}`).join(" and ")} ${parts.length > 1 || parts[0] === "headers" ? "are" : "is"} right, this says where the record goes.`;

function PlanFacts({ plan: { items, warnings }, body }: { plan: ProduceResult; body: ProduceBody }) {
  const [item] = items;
  if (!item) return null;
  const [record] = body.records;
  const chosen = record?.partition !== undefined;
  const isSpread = !chosen && (record?.key ?? null) === null;
  return (
    <>
      {item.problem && <ProblemPanel problem={item.problem} />}
      {!item.problem && (
        <FactList
          of={[
            {
              label: "Goes to",
              value: isSpread
                ? "any partition: it has no key"
                : `partition ${item.partition}, ${chosen ? "as chosen" : "by its key"}`,
            },
            { label: "Size", value: <Bytes value={item.size} /> },
            record?.value === null ? { label: "Value", value: "null, a tombstone" } : null,
          ]}
        />
      )}
      {warnings.map((warning) => (
        <p key={`${warning.code} ${warning.detail}`} className="text-warn">
          {warning.detail ?? warning.title}
        </p>
      ))}
    </>
  );
}
