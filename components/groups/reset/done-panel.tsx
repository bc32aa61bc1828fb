"use client";
import { Download, RotateCcw, Undo2 } from "lucide-react";
import { useMemo } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { DataTable } from "@/components/ui/data-table";
import { PhoneRow } from "@/components/ui/data-table-row";
import { downloadText } from "@/components/ui/download";
import { Link } from "@/components/ui/link";
import { Int } from "@/components/ui/number";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Warnings } from "@/components/ui/warnings";
import type { SetOffset } from "@/lib/api/group-offsets";
import { counted } from "@/lib/format";
import { doneColumns, Outcome } from "./done-columns";
import { asJson, fileName } from "./plan-file";
import { placeFigures } from "./plan-table";
import { offsetWord, outcomeWords } from "./reset-words";
import type { Done, SetRun } from "./use-set-run";

const keyOf = ({ topic, partition }: SetOffset) => `${topic}/${partition}`;

type Props = { done: Done; run: SetRun; groupHref: string };

/** What was set, as it was read back; how to put it back, and how to try again what failed. */
export function DonePanel({ done, run, groupHref }: Props) {
  const { result } = done;
  const columns = useMemo(() => doneColumns(result.partitions), [result]);
  const named = result.partitions.some(({ topic }) => topic !== result.partitions[0]?.topic);
  return (
    <>
      <DoneSays done={done} run={run} />
      {run.problem && <ProblemPanel problem={run.problem} />}
      <Warnings of={result.warnings} />
      <section
        aria-label="Read back"
        className="panel flex min-h-0 min-w-0 flex-col overflow-hidden rounded-panel border border-border bg-surface"
      >
        <header className="flex min-h-[34px] shrink-0 items-center gap-2 border-b border-border px-3 py-0.5">
          <h2 className="text-13 font-bold">Read back</h2>
          <span className="min-w-0 truncate text-muted">
            {named ? result.groupId : `${result.groupId} in ${result.partitions[0]?.topic}`}
            <span className="max-md:hidden">, as the coordinator holds it now</span>
          </span>
          <Button
            look="ghost"
            icon={Download}
            className="ms-auto"
            onClick={() => downloadText(fileName(result.groupId, "result", "json"), asJson(result))}
          >
            Save the result
          </Button>
        </header>
        <div className="flex min-h-0 flex-col overflow-hidden px-page max-lg:max-h-[60dvh]">
          <DataTable
            label="What was set, partition by partition"
            rows={result.partitions}
            columns={columns}
            rowKey={keyOf}
            fill
            phone={(row) => <DonePhoneRow row={row} named={named} />}
          />
        </div>
        <p className="shrink-0 border-t border-border px-3 py-2 text-12 text-muted">
          The saved result holds what is needed to undo this: choose it as a file on this page, also after a restart.
        </p>
      </section>
      <div className="flex shrink-0 flex-wrap gap-2 pb-3">
        <Link look={result.failed > 0 ? "button" : "primary"} href={groupHref}>
          Back to the group
        </Link>
        <Button icon={RotateCcw} onClick={run.reset}>
          Make another plan
        </Button>
      </div>
    </>
  );
}

function DoneSays({ done: { plan, result, undone }, run }: Pick<Props, "done" | "run">) {
  const { head, reasons, tone } = outcomeWords(result, offsetWord(plan.type));
  return (
    <Banner
      tone={tone}
      actions={
        <Can permission="groups.alter">
          {result.failed > 0 && (
            <Button look="primary" busy={run.busy} onClick={run.again}>
              Try the {counted(result.failed, "other")} again
            </Button>
          )}
          {result.undo && (
            <Button icon={Undo2} busy={run.busy} onClick={run.undo}>
              {undone ? "Undo the undo" : "Undo"}
            </Button>
          )}
        </Can>
      }
    >
      <b>{undone ? head.replace(" set", " put back") : head}</b> {reasons.join(" ")}
      {result.failed > 0 && " Trying again is safe."}
    </Banner>
  );
}

function DonePhoneRow({ row, named }: { row: SetOffset; named: boolean }) {
  return (
    <PhoneRow
      name={
        <>
          <Int value={row.before} why="No offset" plainZero /> <span className="text-muted">→</span>{" "}
          <Int value={row.readBack} why="None, or not read" plainZero />
        </>
      }
      figures={placeFigures(row, named)}
      end={<Outcome row={row} />}
    />
  );
}
