"use client";
import { useEffect, useRef, useState } from "react";
import { makeProblem, type Problem } from "@/lib/api/problem";
import type { CopyBody } from "@/lib/api/produce";
import { problemOfError } from "@/lib/client/call";
import { addCopyLine, type CopyTotals, nothingCopied } from "@/lib/client/copy-totals";
import { copyRecords } from "@/lib/client/produce";

/** `stopped` by the reader; `paused` by the server, with a cursor; `failed` with a problem. */
export type CopyRun = {
  phase: "idle" | "copying" | "stopped" | "paused" | "failed" | "done";
  totals: CopyTotals;
  /** Offsets to be looked through by all legs together, as the first one planned; null until it came. */
  offsets: string | null;
  problem: Problem | null;
};

const idle: CopyRun = { phase: "idle", totals: nothingCopied, offsets: null, problem: null };

/** Copies by a stream that ends when the page is left. */
export function useCopyRun(cluster: string, topic: string) {
  const [run, setRun] = useState(idle);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const copy = async (body: CopyBody, before: CopyRun) => {
    const stopping = new AbortController();
    const { signal } = stopping;
    abort.current = stopping;
    let state: CopyRun = { ...before, phase: "copying", problem: null };
    const tell = (change: Partial<CopyRun>) => {
      state = { ...state, ...change };
      setRun(state);
    };
    tell({});
    try {
      for await (const line of copyRecords(cluster, topic, body, signal)) {
        const totals = addCopyLine(before.totals, state.totals, line);
        if (line.type === "plan") tell({ totals, offsets: state.offsets ?? line.offsets });
        if (line.type === "progress") tell({ totals });
        if (line.type === "end") return tell({ totals, phase: totals.cursor === null ? "done" : "paused" });
        if (line.type === "error") return tell({ totals, phase: "failed", problem: line.problem });
      }
      tell({ phase: "failed", problem: makeProblem("broker-unreachable", "The answer broke off.") });
    } catch (error) {
      if (signal.aborted) tell({ phase: "stopped" });
      else tell({ phase: "failed", problem: problemOfError(error) });
    }
  };

  return {
    run,
    start: (body: CopyBody, cursor: string | null) => copy(withCursor(body, cursor), idle),
    /** Goes on after what was copied. */
    proceed: (body: CopyBody) => copy(withCursor(body, run.totals.cursor), run),
    stop: () => abort.current?.abort(),
    reset: () => setRun(idle),
  };
}

/** The cursor holds where a query goes on; what is looked for is said again. Records that were named have none. */
const withCursor = (body: CopyBody, cursor: string | null): CopyBody =>
  cursor === null || !body.from.query
    ? body
    : { ...body, from: { ...body.from, query: { ...body.from.query, cursor } } };
