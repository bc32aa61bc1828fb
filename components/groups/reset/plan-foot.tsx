"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { Checkbox } from "@/components/ui/checkbox";
import { ClusterMark, useMark } from "@/components/ui/cluster-mark";
import { Link } from "@/components/ui/link";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import type { OffsetsPlan } from "@/lib/api/group-offsets";
import { counted } from "@/lib/format";
import { applyWords, lossOf, offsetWord, unchangedWords } from "./reset-words";

type Props = {
  plan: OffsetsPlan;
  /** The plan is that of what is wished now. */
  isReady: boolean;
  busy: boolean;
  /** Why this plan cannot be applied beside what it says itself, as a sentence; null: it can. */
  refused: string | null;
  cancelHref: string;
  onApply: (plan: OffsetsPlan) => void;
};

/** What will happen in a sentence, what is lost, and the button. Below 1100 px the button stays in sight. */
export function PlanFoot({ plan, isReady, busy, refused, cancelHref, onApply }: Props) {
  const [understood, setUnderstood] = useState<string | null>(null);
  const mark = useMark();
  const loss = lossOf(plan);
  const why =
    whyNot(plan, refused) ?? (loss !== null && understood !== loss ? "Tick the box: it names what is lost." : null);
  const apply = () => isReady && why === null && !busy && onApply(plan);
  useShortcuts({ "mod+Enter": apply });
  return (
    <footer className="shrink-0 border-t border-border max-lg:contents lg:flex lg:items-center lg:gap-3 lg:p-3">
      <div className="flex min-w-0 flex-1 flex-col gap-1.5 max-lg:border-t max-lg:border-border max-lg:p-3">
        <p className="max-w-[66ch] leading-[18px] text-ink-2">
          <FootWords plan={plan} />
        </p>
        {loss !== null && plan.problem === null && (
          <Checkbox checked={understood === loss} onChange={(on) => setUnderstood(on ? loss : null)}>
            {loss}
          </Checkbox>
        )}
      </div>
      <div className="flex items-center gap-2 bg-surface max-lg:sticky max-lg:-bottom-6 max-lg:z-2 max-lg:rounded-b-panel max-lg:border-t max-lg:border-border max-lg:p-3">
        {mark && <ClusterMark mark={mark} />}
        <Link look="button" href={cancelHref}>
          Cancel
        </Link>
        <Can permission="groups.alter">
          <Button
            look="primary"
            className="h-8 px-3.5 max-md:h-9 max-md:flex-1"
            disabled={why ?? !isReady}
            busy={busy}
            onClick={apply}
          >
            {applyWords(plan)}
          </Button>
        </Can>
      </div>
    </footer>
  );
}

function whyNot(plan: OffsetsPlan, refused: string | null): string | null {
  const { live, problem, changes } = plan;
  if (live.length > 0) return `${counted(live.length, "member")} must be stopped first.`;
  if (problem) return `${problem.title}. ${problem.todo}`;
  if (refused !== null || changes > 0) return refused;
  return unchangedWords(plan, "Nothing changes: every offset is there already.", "set");
}

function FootWords({ plan: { changes, type, partitions } }: { plan: OffsetsPlan }) {
  const refused = partitions.filter(({ problem }) => problem !== null).length;
  const left =
    refused > 0 &&
    ` ${counted(refused, "partition")} cannot be set and ${refused === 1 ? "stays" : "stay"} as ${refused === 1 ? "it is" : "they are"}.`;
  if (changes === 0) return <>Nothing would change.{left}</>;
  if (type === null)
    return (
      <>
        <b className="font-bold text-ink">A group is made with {counted(changes, "committed offset")}.</b> Its first
        consumer begins there, and not where auto.offset.reset says.{left}
      </>
    );
  const word = type === "share" ? offsetWord(type) : "committed offset";
  return (
    <>
      <b className="font-bold text-ink">{counted(changes, word)} will change; records are not touched.</b> The old ones
      are kept: Undo here or on the group page puts them back.{left}
    </>
  );
}
