"use client";
import { useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { Checkbox } from "@/components/ui/checkbox";
import { ClusterMark, useMark } from "@/components/ui/cluster-mark";
import { FactList } from "@/components/ui/facts";
import { Meter } from "@/components/ui/meter";
import { Int } from "@/components/ui/number";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { PROBLEMS_TOLD, readRecords, type Survey, surveyFile, type Taking, troubleOf } from "@/lib/client/record-file";
import { bytes, counted, integer } from "@/lib/format";
import type { LinesSource } from "./use-lines-run";

type Props = {
  source: LinesSource | null;
  taking: Taking;
  partitions: number | null;
  onSend: (records: number) => void;
};

/** What the lines hold and what is wrong with them, and the button: nothing is sent while a line is wrong and not skipped. */
export function LinesPlan({ source, taking, partitions, onSend }: Props) {
  const mark = useMark();
  const [read, setRead] = useState(0);
  const [skips, setSkips] = useState(false);
  const survey = useQuery({
    queryKey: ["plans", "lines", source?.id, taking, partitions],
    queryFn: ({ signal }) => surveyFile(readRecords(source?.file ?? new Blob(), taking, partitions), setRead, signal),
    enabled: source !== null,
    gcTime: 0,
    retry: false,
    networkMode: "always",
    staleTime: Number.POSITIVE_INFINITY,
    meta: { ageless: true },
  });
  const found = survey.data;
  const isReady = found !== undefined && found.records > 0 && (found.wrong === 0 || skips);
  const send = () => isReady && onSend(found.records);
  useShortcuts({ "mod+Enter": send });
  const trouble = survey.error ? troubleOf(survey.error) : null;
  return (
    <div className="flex flex-col gap-3">
      <div aria-live="polite" className="flex flex-col gap-2">
        {source === null ? (
          <p className="text-muted">Paste lines or choose a file: they are read and checked here first.</p>
        ) : trouble ? (
          <p className="text-bad">
            <b>{trouble.line === 0 ? "The file cannot be read." : `Line ${integer(trouble.line)}.`}</b> {trouble.why}
          </p>
        ) : found ? (
          <SurveyWords found={found} size={source.file.size} />
        ) : (
          <p className="flex items-center gap-2 text-muted">
            Reading, {bytes(read)} of {bytes(source.file.size)}
            <Meter label="Read" value={source.file.size === 0 ? 1 : read / source.file.size} />
          </p>
        )}
      </div>
      {found !== undefined && found.wrong > 0 && found.records > 0 && (
        <Checkbox checked={skips} onChange={setSkips}>
          Skip {found.wrong === 1 ? "this line" : `these ${integer(found.wrong)} lines`}
        </Checkbox>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Can permission="messages.produce">
          <Button look="primary" icon={Send} disabled={!isReady} onClick={send}>
            {found ? `Send ${counted(found.records, "record")}` : "Send records"}
          </Button>
        </Can>
        <span className="flex items-center gap-1.5 text-12 text-muted">
          {mark && `on ${mark.cluster}`} {mark && <ClusterMark mark={mark} />}
        </span>
      </div>
    </div>
  );
}

function SurveyWords({ found: { records, wrong, problems, tombstones }, size }: { found: Survey; size: number }) {
  return (
    <>
      <FactList
        of={[
          { label: "Records", value: <Int value={records} /> },
          { label: "Size", value: bytes(size) },
          tombstones > 0 ? { label: "Tombstones", value: <Int value={tombstones} /> } : null,
        ]}
      />
      {wrong > 0 && (
        <>
          <p>
            <b className="text-bad">{counted(wrong, "line")} cannot be sent.</b> Nothing is sent until{" "}
            {wrong === 1 ? "it is" : "they are"} corrected or skipped.
          </p>
          <ul className="flex max-h-[320px] flex-col gap-1 overflow-y-auto text-12">
            {problems.map(({ line, why }) => (
              <li key={line} className="wrap-anywhere">
                <b className="tabular-nums">Line {integer(line)}</b> <span className="text-ink-2">{why}</span>
              </li>
            ))}
            {wrong > PROBLEMS_TOLD && <li className="text-muted">and {integer(wrong - PROBLEMS_TOLD)} more</li>}
          </ul>
        </>
      )}
      {wrong === 0 && records === 0 && <p className="text-muted">There is no line with anything in it.</p>}
    </>
  );
}
