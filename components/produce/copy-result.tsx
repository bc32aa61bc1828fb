"use client";
import { Square } from "lucide-react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Warnings } from "@/components/ui/warnings";
import { bytes, chartNumber, counted, integer, share } from "@/lib/format";
import { OffsetLink } from "./offset-link";
import type { CopyRun } from "./use-copy-run";

type Props = {
  target: { cluster: string; topic: string };
  run: CopyRun;
  /** Records were named one by one, so nothing was looked through. */
  named: boolean;
  onStop: () => void;
  onProceed: () => void;
  onAnother: () => void;
};

const said: Record<CopyRun["phase"], string> = {
  idle: "",
  copying: "Copying.",
  stopped: "Stopped by you.",
  paused: "Stopped before the end.",
  failed: "It did not go on.",
  done: "Copied.",
};
const tones = { idle: "plain", copying: "info", stopped: "plain", paused: "warn", failed: "warn", done: "ok" } as const;

/** How far a copy is, then what was written and how to go on. */
export function CopyResult({ target, run, named, onStop, onProceed, onAnother }: Props) {
  const { phase, totals, offsets, problem } = run;
  const done = offsets === null ? 0 : Math.min(1, chartNumber(totals.covered) / Math.max(1, chartNumber(offsets)));
  const isOver = phase === "stopped" || phase === "failed" || phase === "paused";
  return (
    <div className="flex flex-col gap-3">
      <Banner
        tone={tones[phase]}
        actions={
          phase === "copying" ? (
            <Button icon={Square} onClick={onStop}>
              Stop
            </Button>
          ) : (
            <>
              {isOver && totals.cursor !== null && (
                <Button look="primary" onClick={onProceed}>
                  Continue from there
                </Button>
              )}
              <Button onClick={onAnother}>Back to the plan</Button>
            </>
          )
        }
      >
        <b>{said[phase]}</b> {counted(totals.copied, "record")} written to {target.topic}
        {totals.bytes > 0 && `, ${bytes(totals.bytes)}`}
        {!named &&
          offsets !== null &&
          totals.covered !== "0" &&
          `; ${integer(totals.covered)} of ${counted(offsets, "offset")} looked through, ${share(done, 0)}`}
        .
        {phase === "stopped" &&
          " Records that were on their way when you stopped may have been written beyond these. Look at the end of the topic before you go on."}
        {phase === "failed" &&
          totals.cursor === null &&
          " It cannot go on by itself: look at the end of the topic before you copy again."}
      </Banner>
      {problem && <ProblemPanel problem={problem} />}
      <Warnings of={[...totals.warnings]} />
      {totals.last.length > 0 && (
        <Panel title="Last written" flush className="max-w-[420px]">
          <table className="grid-table">
            <thead>
              <tr>
                <th data-align="end">Partition</th>
                <th data-align="end">Offset</th>
              </tr>
            </thead>
            <tbody>
              {totals.last.map(({ partition, offset }) => (
                <tr key={partition}>
                  <td data-align="end">{partition}</td>
                  <td data-align="end">
                    <OffsetLink {...target} partition={partition} offset={offset} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
    </div>
  );
}
