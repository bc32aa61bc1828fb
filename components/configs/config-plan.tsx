"use client";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { Checkbox } from "@/components/ui/checkbox";
import { CommandBlock } from "@/components/ui/command-block";
import { Icon } from "@/components/ui/icon";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { useSettled } from "@/components/ui/use-settled";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import type { ConfigEntry } from "@/lib/api/configs";
import type { Permission } from "@/lib/api/endpoint";
import type { Problem } from "@/lib/api/problem";
import { problemOfError } from "@/lib/client/call";
import { alterCommand } from "@/lib/client/config-command";
import { type ConfigTarget, configPlanQuery } from "@/lib/client/configs";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { counted } from "@/lib/format";
import { ConfigChangeItem } from "./config-change";
import { beforeOf, changesOf, type Drafts } from "./drafts";

/** The changes collected, the broker's verdict on them, what may be lost, the same from a shell, and the button. */
export function ConfigPlan({
  target,
  entries,
  drafts,
  mistakes,
  permission,
  busy,
  problem,
  onDrop,
  onApply,
  onRebase,
  onClose,
}: {
  target: ConfigTarget;
  entries: ReadonlyMap<string, ConfigEntry>;
  drafts: Drafts;
  /** What is wrong already here, by name. */
  mistakes: ReadonlyMap<string, string>;
  permission: Permission;
  busy: boolean;
  /** Why applying failed. */
  problem: Problem | null;
  onDrop: (name: string) => void;
  onApply: () => void;
  /** Takes the values of now as what the changes start from. */
  onRebase: () => void;
  onClose: () => void;
}) {
  const [understood, setUnderstood] = useState<string | null>(null);
  const configs = changesOf(drafts);
  const names = Object.keys(configs);
  const asked = { configs, before: beforeOf(drafts, entries) };
  const settled = useSettled(asked);
  const isSettled = JSON.stringify(settled) === JSON.stringify(asked);
  const plan = useQuery({
    ...configPlanQuery(target, settled.configs, settled.before),
    enabled: isSettled && names.length > 0 && mistakes.size === 0,
  });
  const isOutdated = problem?.code === "plan-outdated";
  const answer = isSettled && mistakes.size === 0 && !isOutdated ? plan.data : undefined;
  const refused = isSettled && plan.error ? problemOfError(plan.error) : null;
  const byField = new Map(refused?.errors?.map(({ field, detail }) => [field.replace(/^configs\./, ""), detail]));
  const losses = answer?.changes.flatMap(({ effects }) => effects.flatMap(({ loss }) => loss ?? [])) ?? [];
  const gate =
    losses.length > 0 ? `I understand that ${[...new Set(losses)].join(" and ")} may be deleted or lost` : null;
  const mayApply = answer !== undefined && (gate === null || understood === gate);
  const why = gate !== null && understood !== gate ? "Tick the box above first: it names what may be lost." : null;
  const verb = `Apply ${counted(names.length, "change")}`;
  useShortcuts({ "mod+Enter": () => mayApply && !busy && onApply() });
  const told = problem ?? (refused && !refused.errors ? refused : refused?.code === "plan-outdated" ? refused : null);
  return (
    <section aria-label="Pending changes" className="flex flex-col gap-3.5">
      <ul className="flex flex-col gap-3.5">
        {names.map((name) => (
          <ConfigChangeItem
            key={name}
            name={name}
            entry={entries.get(name)}
            value={configs[name] ?? null}
            effects={answer?.changes.find((change) => change.name === name)?.effects ?? []}
            mistake={mistakes.get(name) ?? byField.get(name) ?? null}
            onDrop={() => onDrop(name)}
          />
        ))}
      </ul>
      {told && (
        <ProblemPanel
          problem={told}
          actions={told.code === "plan-outdated" && <Button onClick={onRebase}>Start from the new values</Button>}
        />
      )}
      {answer && (
        <p className="flex items-center gap-[7px]">
          <Icon of={CircleCheck} className="text-ok" />
          Broker {answer.broker} validated {["", "it", "both"][names.length] ?? `all ${names.length}`},{" "}
          {answer.milliseconds} ms
        </p>
      )}
      {!answer && !refused && !isOutdated && mistakes.size === 0 && (
        <p className="text-muted">A broker is asked what it thinks of this…</p>
      )}
      <PlanCommand target={target} entries={entries} drafts={drafts} />
      {gate !== null && (
        <Checkbox checked={understood === gate} onChange={(on) => setUnderstood(on ? gate : null)}>
          {gate}
        </Checkbox>
      )}
      <div className="flex flex-wrap gap-2 max-lg:sticky max-lg:bottom-0 max-lg:bg-surface max-lg:py-2">
        <Can permission={permission}>
          <Button look="primary" disabled={why ?? !mayApply} busy={busy} onClick={onApply} className="h-8 px-3.5">
            {verb}
          </Button>
        </Can>
        <Button onClick={onClose} className="h-8 lg:hidden">
          Keep editing
        </Button>
      </div>
      <p className="text-12 leading-[17px] text-muted">
        Sent as one IncrementalAlterConfigs request, then read back. Other configs are not touched. Written to the audit
        log.
      </p>
    </section>
  );
}

/** Secrets are not put into a command that is shown. */
function PlanCommand({
  target,
  entries,
  drafts,
}: {
  target: ConfigTarget;
  entries: ReadonlyMap<string, ConfigEntry>;
  drafts: Drafts;
}) {
  const bootstrap = useBootstrap(target.cluster);
  const configs = Object.fromEntries(
    Object.entries(changesOf(drafts)).map(([name, value]) => [
      name,
      value !== null && entries.get(name)?.sensitive ? "SECRET" : value,
    ]),
  );
  const command = alterCommand(target, configs, bootstrap);
  return command === null ? (
    <p className="text-12 text-muted">kafka-configs.sh cannot say this change: it drops the brackets in a value.</p>
  ) : (
    <CommandBlock label="The same from a shell" command={command} />
  );
}
