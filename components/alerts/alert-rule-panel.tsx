"use client";
import { BellOff, CircleCheck, CircleDashed, CircleX, Clock } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { lagStatusLooks } from "@/components/ui/lag-status";
import { Panel } from "@/components/ui/panel";
import { Age, Time } from "@/components/ui/time";
import type { AlertRule } from "@/lib/api/alerts";
import { AlertTable } from "./alert-table";
import { conditionWords, countStates, undelivered } from "./alert-words";
import { SilenceMenu } from "./silence-menu";

function StateBadges({ rule, evaluating }: { rule: AlertRule; evaluating: boolean }) {
  const { firing, pending } = countStates(rule.alerts);
  return (
    <span className="flex flex-wrap gap-1.5">
      {firing > 0 && (
        <Badge tone="bad" icon={CircleX}>
          {firing} firing
        </Badge>
      )}
      {pending > 0 && (
        <Badge tone="warn" icon={Clock}>
          {pending} pending
        </Badge>
      )}
      {firing + pending === 0 &&
        (evaluating ? (
          <Badge tone="ok" icon={CircleCheck}>
            nothing fires
          </Badge>
        ) : (
          <Badge icon={CircleDashed}>not evaluated here</Badge>
        ))}
      {rule.silencedUntil !== null && <Badge icon={BellOff}>silent</Badge>}
    </span>
  );
}

/** Ends with a full stop, whoever wrote it. */
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Where notices go, and whether they arrive. */
function Delivery({ rule: { webhook, delivery } }: { rule: AlertRule }) {
  if (webhook === null) return <p className="text-muted">Shown here only: the rule has no webhook.</p>;
  const missing = undelivered(delivery);
  return (
    <p className="text-muted">
      Sent to <span className="font-mono text-12 wrap-anywhere text-ink-2">{webhook}</span>
      {delivery.lastAt === null ? (
        "; nothing was delivered yet."
      ) : (
        <>
          , last <Age value={delivery.lastAt} />.
        </>
      )}
      {delivery.problem !== null && (
        <span className="text-bad"> The last try failed: {sentence(delivery.problem)}</span>
      )}
      {missing !== null && ` ${missing}`}
    </p>
  );
}

/** A rule of the configuration: when it fires, where that is told, and the groups it speaks of now. */
export function AlertRulePanel({
  cluster,
  rule,
  evaluating,
}: {
  cluster: string;
  rule: AlertRule;
  /** False: nobody looks whether it fires, or another replica does. */
  evaluating: boolean;
}) {
  const condition = conditionWords(rule, (status) => lagStatusLooks[status].word);
  return (
    <Panel
      title={<span className="wrap-anywhere whitespace-normal">{rule.name}</span>}
      actions={
        <>
          <StateBadges rule={rule} evaluating={evaluating} />
          <SilenceMenu cluster={cluster} rule={rule} />
        </>
      }
      flush
    >
      <div className="flex flex-col gap-0.5 px-3 py-2">
        <p className="max-w-[110ch] wrap-anywhere">{condition}</p>
        <Delivery rule={rule} />
        {rule.silencedUntil !== null && (
          <p className="text-ink-2">
            No notices until <Time value={rule.silencedUntil} seconds />.
          </p>
        )}
      </div>
      {rule.alerts.length > 0 && (
        <div className="border-t border-border">
          <AlertTable cluster={cluster} rule={rule.name} alerts={rule.alerts} />
        </div>
      )}
    </Panel>
  );
}
