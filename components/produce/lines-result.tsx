"use client";
import { Square } from "lucide-react";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Meter } from "@/components/ui/meter";
import { Int } from "@/components/ui/number";
import { Panel } from "@/components/ui/panel";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { doubtfulLines, type SentLines } from "@/lib/client/sent-lines";
import { counted, integer } from "@/lib/format";
import { refusedWords } from "./lines-words";
import { OffsetLink } from "./offset-link";
import type { LinesRun } from "./use-lines-run";

type Props = {
  cluster: string;
  topic: string;
  name: string;
  run: LinesRun;
  onStop: () => void;
  onProceed: (withDoubtful: boolean) => void;
  onAnother: () => void;
};

/** What was written of the lines, where, and which were not, with the way on. */
export function LinesResult({ cluster, topic, name, run, onStop, onProceed, onAnother }: Props) {
  const { phase, sent, problem } = run;
  const [withDoubtful, setWithDoubtful] = useState(false);
  const doubtful = doubtfulLines(sent);
  const isOver = phase === "stopped" || phase === "failed";
  return (
    <div className="flex flex-col gap-3">
      {phase === "sending" && (
        <Banner
          tone="info"
          actions={
            <Button icon={Square} onClick={onStop}>
              Stop
            </Button>
          }
        >
          <b>Sending {name}.</b>{" "}
          <span aria-live="off">
            <Int value={sent.written} /> of <Int value={run.total} /> records written.{" "}
            <Meter label="Written" value={run.total === 0 ? 0 : sent.written / run.total} width={120} />
          </span>
        </Banner>
      )}
      {phase === "done" && (
        <Banner tone="ok" actions={<Button onClick={onAnother}>Send more</Button>}>
          <b>{counted(sent.written, "record")} written.</b>{" "}
          {sent.partitions.length > 0 && `They are in ${counted(sent.partitions.length, "partition")}.`}
        </Banner>
      )}
      {problem && phase === "failed" && <ProblemPanel problem={problem} />}
      {isOver && (
        <Banner
          tone={phase === "stopped" ? "plain" : "warn"}
          actions={
            <>
              <Button look="primary" onClick={() => onProceed(withDoubtful)}>
                {sent.refused.length > 0
                  ? `Continue with the refused lines and from line ${integer(sent.next)}`
                  : `Continue from line ${integer(sent.next)}`}
              </Button>
              <Button onClick={onAnother}>Back to the plan</Button>
            </>
          }
        >
          <b>
            {phase === "stopped" ? "Stopped by you" : "It did not go on"} after {counted(sent.written, "record")}.
          </b>{" "}
          {sent.next > 1 && refusedWords(sent)}
          {sent.unknown &&
            ` Whether lines ${integer(sent.unknown.first)} to ${integer(sent.unknown.last)} were written is not known: no answer came.`}{" "}
          No line from {integer((sent.unknown?.last ?? sent.next - 1) + 1)} on was sent.
          {doubtful > 0 && (
            <span className="mt-1 block">
              <Checkbox checked={withDoubtful} onChange={setWithDoubtful}>
                Send the {counted(doubtful, "line")} again that may have been written: they may then be there twice
              </Checkbox>
            </span>
          )}
        </Banner>
      )}
      <SentPanels cluster={cluster} topic={topic} sent={sent} />
    </div>
  );
}

function SentPanels({ cluster, topic, sent }: { cluster: string; topic: string; sent: SentLines }) {
  return (
    <>
      {sent.partitions.length > 0 && (
        <Panel title="Written" meta={counted(sent.written, "record")} flush className="max-w-[720px]">
          <table className="grid-table">
            <thead>
              <tr>
                <th data-align="end">Partition</th>
                <th data-align="end">Records</th>
                <th data-align="end">First offset</th>
                <th data-align="end">Last offset</th>
              </tr>
            </thead>
            <tbody>
              {sent.partitions.map(({ partition, count, first, last }) => (
                <tr key={partition}>
                  <td data-align="end">{partition}</td>
                  <td data-align="end">
                    <Int value={count} />
                  </td>
                  {[first, last].map((offset, which) => (
                    <td key={which === 0 ? "first" : "last"} data-align="end">
                      <OffsetLink cluster={cluster} topic={topic} partition={partition} offset={offset} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
      {sent.refused.length > 0 && (
        <Panel title="Not written" meta={counted(sent.refused.length, "line")} tone="bad" className="max-w-[720px]">
          <ul className="flex max-h-[320px] flex-col gap-1 overflow-y-auto text-12">
            {sent.refused.slice(0, 1000).map(({ line, problem }) => (
              <li key={line} className="wrap-anywhere">
                <b className="tabular-nums">Line {integer(line)}</b>{" "}
                <span className="text-ink-2">{problem.detail ?? problem.title}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
