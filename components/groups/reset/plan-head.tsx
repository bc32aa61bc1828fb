"use client";
import { Download, Link2, RefreshCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { downloadText } from "@/components/ui/download";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { Age } from "@/components/ui/time";
import type { OffsetsPlan } from "@/lib/api/group-offsets";
import { asJson, fileName, planCsv } from "./plan-file";

type Props = {
  /** Null while there is none. */
  plan: OffsetsPlan | null;
  madeAt: number;
  busy: boolean;
  onRenew: () => void;
};

const save = (plan: OffsetsPlan, kind: "csv" | "json") =>
  downloadText(fileName(plan.groupId, "plan", kind), kind === "csv" ? planCsv(plan) : asJson(plan));

/** The head of the plan: that nothing is written, how old it is, and what can be taken of it. */
export function PlanHead({ plan, madeAt, busy, onRenew }: Props) {
  return (
    <header className="flex min-h-[34px] shrink-0 flex-wrap items-center gap-x-2 border-b border-border px-3 py-0.5">
      <h2 className="text-13 font-bold">Plan</h2>
      <span className="text-muted">nothing has been written yet</span>
      {plan && (
        <div className="ms-auto flex items-center gap-1">
          <span className="me-1 text-12 text-muted max-md:hidden">
            made <Age value={madeAt} />
          </span>
          <IconButton label="Make the plan again" icon={RefreshCw} busy={busy} onClick={onRenew} />
          <CopyButton value={() => window.location.href} label="Copy the link to this plan" icon={Link2} />
          <Menu
            label="Save the plan"
            button={(opener) => (
              <Button look="ghost" icon={Download} {...opener}>
                Save
              </Button>
            )}
            items={[
              { label: "As CSV", meta: "topic,partition,offset", onSelect: () => save(plan, "csv") },
              { label: "As JSON", meta: "the whole plan", onSelect: () => save(plan, "json") },
            ]}
          />
        </div>
      )}
    </header>
  );
}
