"use client";
import { useEffect, useRef, useState } from "react";
import type { Problem } from "@/lib/api/problem";
import { problemOfError } from "@/lib/client/call";
import { produceSome } from "@/lib/client/produce";
import { chunksOf, readRecords, type Taking, wantedRecords } from "@/lib/client/record-file";
import { addAnswer, addFailure, leftLines, nothingSent, type SentLines } from "@/lib/client/sent-lines";
import type { Writing } from "./writing-fields";

/** `stopped` by the reader; `failed` at a refused line or an answer that did not come. */
export type LinesRun = {
  phase: "idle" | "sending" | "stopped" | "failed" | "done";
  sent: SentLines;
  /** Records to be sent in all. */
  total: number;
  problem: Problem | null;
};

export type LinesSource = { id: number; name: string; file: Blob };
export type LinesJob = {
  source: LinesSource;
  taking: Taking;
  writing: Writing;
  partitions: number | null;
};

const idle: LinesRun = { phase: "idle", sent: nothingSent, total: 0, problem: null };

/** Sends the records of a file in their order, some at a time. Stop waits for the answer under way, so that no line is in doubt. */
export function useLinesRun(cluster: string, topic: string) {
  const [run, setRun] = useState(idle);
  const stopping = useRef<AbortController | null>(null);
  useEffect(() => () => stopping.current?.abort(), []);

  const send = async (job: LinesJob, before: SentLines, total: number, withDoubtful: boolean) => {
    const { source, taking, writing, partitions } = job;
    const stop = new AbortController();
    stopping.current = stop;
    let sent = before;
    const tell = (phase: LinesRun["phase"], problem: Problem | null = null) => setRun({ phase, sent, total, problem });
    tell("sending");
    const wanted = wantedRecords(readRecords(source.file, taking, partitions), leftLines(before, withDoubtful));
    try {
      for await (const chunk of chunksOf(wanted)) {
        if (stop.signal.aborted) return tell("stopped");
        const lines = chunk.map(({ line }) => line);
        try {
          const body = { records: chunk.map(({ record }) => record), ...writing };
          const answer = await produceSome(cluster, topic, body);
          sent = addAnswer(sent, lines, answer);
          const refused = answer.items.find(({ problem }) => problem !== null);
          if (refused) return tell("failed", refused.problem);
        } catch (error) {
          const problem = problemOfError(error);
          sent = addFailure(sent, lines, problem);
          return tell("failed", problem);
        }
        tell("sending");
      }
      tell("done");
    } catch (error) {
      // The file was changed or taken away while it was read.
      tell("failed", problemOfError(error));
    }
  };

  return {
    run,
    start: (job: LinesJob, total: number) => send(job, nothingSent, total, true),
    proceed: (job: LinesJob, withDoubtful: boolean) => send(job, run.sent, run.total, withDoubtful),
    stop: () => stopping.current?.abort(),
    reset: () => setRun(idle),
  };
}
