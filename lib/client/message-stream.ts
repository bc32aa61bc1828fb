"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import { HITS_MOST } from "../api/message-queries.ts";
import type { Message, MessageLine } from "../api/messages.ts";
import { makeProblem, type Problem } from "../api/problem.ts";
import { ApiError, problemOfError, readProblem, send } from "./call.ts";
import { readLines } from "./ndjson.ts";
import { pace, type Sample, sampled } from "./stream-pace.ts";
import {
  addTotals,
  continued,
  type EndLine,
  messageKey,
  movePlaces,
  noTotals,
  requestOf,
  type StartLine,
  type StreamAsk,
  type StreamTotals,
} from "./stream-totals.ts";

/**
 * `waiting`: asked, and either nothing has come yet or other searches go first. `paused`: by the reader (a live tail) or because
 * the tab is hidden; it goes on from the same place. `stopped`: by the reader. `ended`: `end` says why. `failed`: `problem` says why.
 */
export type StreamPhase = "idle" | "waiting" | "running" | "paused" | "stopped" | "ended" | "failed";

export type MessageStreamState = {
  phase: StreamPhase;
  /** The start line of the first leg: partitions, ranges and offsets asked for of the whole. Null until it came. */
  start: StartLine | null;
  /** In order of arrival, each record once. With `keep`: the latest only. */
  messages: readonly Message[];
  /** Messages that left the window of `keep`. */
  gone: number;
  /** Characters of keys and values held; see `VIEW_CHARS`. */
  chars: number;
  /** Searches that go first. */
  waiting: number;
  totals: StreamTotals;
  /** Where each partition stands (`partitionKey` to offset); those that are not in it did not move. */
  places: ReadonlyMap<string, string>;
  /** By the second, over the last few of them; null before two of the figures came. */
  speed: { records: number; offsets: number; messages: number } | null;
  /** Continues after everything received; null: nothing to continue, or nothing received. */
  cursor: string | null;
  end: EndLine | null;
  problem: Problem | null;
};

export type MessageStream = {
  subscribe: (listener: () => void) => () => void;
  state: () => MessageStreamState;
  /** Forgets what it holds and asks anew. */
  start: (ask: StreamAsk) => void;
  /** Aborts; hits, figures and the cursor stay. */
  stop: () => void;
  /** Aborts until `resume`, which goes on at the same place. For a live tail. */
  pause: () => void;
  resume: () => void;
  /** Goes on after `stopped`, `ended` with a cursor, or `failed`: the limits are granted anew, what is held stays. */
  proceed: () => void;
  /** Aborts and forgets: the page is left, or nothing is asked any more. */
  leave: () => void;
};

/** Characters that a view holds before it goes on no more: the memory of a tab is not the topic's size. */
export const VIEW_CHARS = 64 << 20;

/** From so many messages on they are told less often than each frame. */
const MANY = 5_000;
const MANY_MS = 200;

const idle: MessageStreamState = {
  phase: "idle",
  start: null,
  messages: [],
  gone: 0,
  chars: 0,
  waiting: 0,
  totals: noTotals,
  places: new Map(),
  speed: null,
  cursor: null,
  end: null,
  problem: null,
};

/** A browser opens few connections to one host over all tabs: a page holds one stream, the last that was started. */
let current: MessageStream | null = null;

const isUnderWay = (phase: StreamPhase) => phase === "waiting" || phase === "running";
const charsOf = ({ key, value }: Message) => (key?.text.length ?? 0) + (value?.text.length ?? 0);
const inHiddenTab = () => typeof document !== "undefined" && document.visibilityState === "hidden";

/**
 * One stream of messages as a store for `useSyncExternalStore`. Lines are gathered and told once a frame.
 */
function createMessageStream(): MessageStream {
  const listeners = new Set<() => void>();
  let state = idle;
  let ask: StreamAsk | null = null;
  let abort: AbortController | null = null;
  /** Of the leg under way: totals before it, its start line, what was held when it began, and what counts against the limits. */
  let before = noTotals;
  let legStart: StartLine | null = null;
  let held: ReadonlySet<string> | null = null;
  let granted = noTotals;
  let byHiding = false;
  // Gathered since the last frame.
  let next = idle;
  let fresh: Message[] = [];
  let samples: readonly Sample[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let frame: number | null = null;

  const tell = () => {
    if (timer !== null) clearTimeout(timer);
    if (frame !== null) cancelAnimationFrame(frame);
    [timer, frame] = [null, null];
    if (fresh.length > 0) {
      const all = next.messages.concat(fresh);
      const over = Math.max(0, all.length - (ask?.keep ?? all.length));
      const chars = next.chars + fresh.reduce((sum, message) => sum + charsOf(message), 0);
      next = {
        ...next,
        messages: over > 0 ? all.slice(over) : all,
        gone: next.gone + over,
        chars: over > 0 ? all.slice(0, over).reduce((sum, message) => sum - charsOf(message), chars) : chars,
      };
      fresh = [];
    }
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const soon = () => {
    if (timer !== null || frame !== null) return;
    // A long table costs more to tell of, and nobody sees the difference.
    if (next.messages.length > MANY) timer = setTimeout(tell, MANY_MS);
    else frame = requestAnimationFrame(tell);
  };
  const change = (part: Partial<MessageStreamState>) => {
    next = { ...next, ...part };
    tell();
  };

  const take = (line: MessageLine) => {
    if (line.type === "error") throw new ApiError(line.problem);
    if (line.type === "start") {
      legStart = line;
      next = { ...next, start: next.start ?? line };
    } else if (line.type === "messages") {
      const known = held;
      fresh.push(...(known === null ? line.messages : line.messages.filter((each) => !known.has(messageKey(each)))));
      next = { ...next, phase: "running" };
    } else {
      const totals = addTotals(before, line, next.totals.dropped);
      samples = sampled(samples, {
        at: performance.now(),
        totals,
        messages: next.gone + next.messages.length + fresh.length,
      });
      next = {
        ...next,
        totals,
        places: movePlaces(next.places, legStart, line.places),
        speed: pace(samples),
        cursor: line.cursor,
        ...(line.type === "end"
          ? { phase: "ended", end: line, waiting: 0 }
          : { phase: line.waiting > 0 ? "waiting" : "running", waiting: line.waiting }),
      };
    }
    soon();
  };

  const run = async (asked: StreamAsk, signal: AbortSignal) => {
    const { address, method, body } = requestOf(asked);
    try {
      const response = await send(address, method, body, signal);
      if (!response.ok) throw new ApiError(await readProblem(response));
      for await (const line of readLines<MessageLine>(response)) {
        if (signal.aborted) return;
        take(line);
        if (line.type === "end") return tell();
      }
      if (!signal.aborted) throw new ApiError(makeProblem("broker-unreachable", "The answer broke off."));
    } catch (error) {
      if (signal.aborted) return;
      change({ phase: "failed", waiting: 0, problem: problemOfError(error) });
    }
  };

  /** One request: from the beginning, or from the cursor. `again`: the limits go on counting. */
  const begin = (again: boolean) => {
    if (ask === null) return;
    abort?.abort();
    abort = new AbortController();
    const { cursor } = next;
    before = cursor === null ? noTotals : next.totals;
    if (!again) granted = before;
    const done = { hits: before.hits - granted.hits, records: before.records - granted.records };
    legStart = null;
    held = next.messages.length > 0 ? new Set(next.messages.map(messageKey)) : null;
    samples = [];
    change({ phase: "waiting", waiting: 0, totals: before, speed: null, end: null, problem: null });
    void run(cursor === null ? ask : { ...ask, query: continued(ask.query, cursor, done) }, abort.signal);
  };

  const halt = (phase: "paused" | "stopped") => {
    if (!isUnderWay(next.phase)) return;
    abort?.abort();
    change({ phase, waiting: 0, speed: null });
  };

  const onVisibility = () => {
    if (inHiddenTab() && isUnderWay(next.phase)) {
      byHiding = true;
      halt("paused");
    } else if (!inHiddenTab() && byHiding) {
      byHiding = false;
      if (next.phase === "paused") begin(true);
    }
  };

  const stream: MessageStream = {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    start: (asked) => {
      if (current !== null && current !== stream) current.stop();
      current = stream;
      document.addEventListener("visibilitychange", onVisibility);
      abort?.abort();
      ask = asked;
      fresh = [];
      next = idle;
      byHiding = inHiddenTab();
      // A page that is opened in the background asks once it is looked at.
      if (byHiding) change({ phase: "paused" });
      else begin(false);
    },
    stop: () => {
      byHiding = false;
      if (next.phase === "paused") change({ phase: "stopped" });
      else halt("stopped");
    },
    pause: () => halt("paused"),
    resume: () => {
      if (next.phase === "paused") begin(true);
    },
    proceed: () => {
      if (!isUnderWay(next.phase) && canProceed(next)) begin(false);
    },
    leave: () => {
      abort?.abort();
      if (current === stream) current = null;
      document.removeEventListener("visibilitychange", onVisibility);
      ask = null;
      fresh = [];
      change(idle);
    },
  };
  return stream;
}

/** Whether there is something to go on with, and room for it. */
export const canProceed = ({ phase, cursor, chars, messages }: MessageStreamState): boolean =>
  (phase === "failed" || phase === "stopped" || phase === "paused" || (phase === "ended" && cursor !== null)) &&
  chars < VIEW_CHARS &&
  messages.length < HITS_MOST;

/**
 * The stream of a page: asks when `ask` (compared by what it says) changes, aborts when it becomes null or the page is left.
 */
export function useMessageStream(ask: StreamAsk | null): [MessageStreamState, MessageStream] {
  const [stream] = useState(createMessageStream);
  const said = ask === null ? null : JSON.stringify(ask);
  useEffect(() => {
    if (said === null) return;
    stream.start(JSON.parse(said) as StreamAsk);
    return stream.leave;
  }, [stream, said]);
  return [useSyncExternalStore(stream.subscribe, stream.state, () => idle), stream];
}
