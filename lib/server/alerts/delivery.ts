import { setTimeout } from "node:timers/promises";
import type { AlertRule } from "../../api/alerts.ts";
import { duration } from "../../format.ts";
import { readSecret } from "../../kafka/settings.ts";
import { log } from "../log.ts";
import type { WebhookSettings } from "./rules.ts";

const TIMEOUT_MS = 5_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
const TRIES = 10;
/** Of one rule and cluster; the oldest goes first, for the newest says what is so now. */
const MOST_WAITING = 20;
const MOST_BYTES = 512 * 1024;
const REDIRECTS = 3;

/** What came of the notices of one rule and cluster since the start. */
export type DeliveryCounts = { delivered: number; failed: number; dropped: number };

export type Delivery = {
  /** Puts a document behind those that wait. */
  send: (body: string) => void;
  state: () => AlertRule["delivery"];
  counts: () => DeliveryCounts;
  /** Ends the try that is on its way; nothing is sent after it. */
  stop: () => void;
};

/** Why a try failed, in words that hold nothing of the address but its host; `final`: trying again does not help. */
type Failure = { problem: string; final: boolean; pauseMs: number | null };

/**
 * Brings the documents of one rule to its webhook, one after the other, each with up to ten tries over about six minutes. What
 * waits is bounded in number and in bytes. Secrets are read at each try, so that they can be changed in their files.
 */
export function makeDelivery(
  rule: string,
  webhook: WebhookSettings,
  options: { timeoutMs?: number; firstPauseMs?: number } = {},
): Delivery {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const firstPauseMs = options.firstPauseMs ?? FIRST_PAUSE_MS;
  const waiting: string[] = [];
  const counts = { delivered: 0, failed: 0, dropped: 0 };
  const stopping = new AbortController();
  let lastAt: number | null = null;
  let problem: string | null = null;
  let isRunning = false;

  const drop = (why: string) => {
    counts.dropped += 1;
    log("warn", "A notice of an alert rule was given up.", { rule, problem: why });
  };

  async function deliver(body: string): Promise<void> {
    for (let tries = 1; !stopping.signal.aborted; tries++) {
      const failure = await attempt(webhook, body, timeoutMs, stopping.signal);
      if (failure === null) {
        counts.delivered += 1;
        lastAt = Date.now();
        problem = null;
        return;
      }
      if (stopping.signal.aborted) return;
      counts.failed += 1;
      if (problem === null) log("warn", "A webhook takes no notices.", { rule, problem: failure.problem });
      problem = failure.problem;
      if (failure.final || tries >= TRIES) return drop(failure.problem);
      await pause(failure.pauseMs ?? backoff(tries, firstPauseMs), stopping.signal);
    }
  }

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    while (waiting[0] !== undefined && !stopping.signal.aborted) {
      const body = waiting[0];
      await deliver(body);
      if (waiting[0] === body) waiting.shift();
    }
    isRunning = false;
  }

  return {
    send: (body) => {
      waiting.push(body);
      const bytes = () => waiting.reduce((sum, one) => sum + Buffer.byteLength(one), 0);
      // The first is on its way; it is never given up for those behind it.
      while (waiting.length > 2 && (waiting.length > MOST_WAITING || bytes() > MOST_BYTES)) {
        waiting.splice(1, 1);
        drop("Too many notices wait.");
      }
      void run();
    },
    state: () => ({
      lastAt: lastAt === null ? null : new Date(lastAt).toISOString(),
      waiting: waiting.length,
      dropped: counts.dropped,
      problem,
    }),
    counts: () => ({ ...counts }),
    stop: () => stopping.abort(),
  };
}

/** Doubled with every try, and up to half of it less, so that many that failed together do not come back together. */
const backoff = (tries: number, firstMs: number): number =>
  Math.min(LONGEST_PAUSE_MS, firstMs * 2 ** (tries - 1)) * (1 - Math.random() / 2);

/** Resolves early when it is to stop. */
const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  setTimeout(milliseconds, undefined, { signal, ref: false }).catch(() => {});

/** The host that a webhook is at; null where the file of its address cannot be read. */
export async function webhookHost(webhook: WebhookSettings): Promise<string | null> {
  const text = await readSecret(webhook.url).catch(() => "");
  return URL.parse(text)?.host ?? null;
}

/** One try. null: it was taken. */
async function attempt(
  webhook: WebhookSettings,
  body: string,
  timeoutMs: number,
  stopping: AbortSignal,
): Promise<Failure | null> {
  const asked = await readWebhook(webhook);
  if ("problem" in asked) return { ...asked, final: false, pauseMs: null };
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]);
  try {
    return await post(asked.url, asked.headers, body, signal);
  } catch (error) {
    return { problem: reasonOf(asked.url.host, error, timeoutMs), final: false, pauseMs: null };
  }
}

/** Follows a redirect only where it keeps method and body (307, 308) and stays with the same server: headers may hold a login. */
async function post(address: URL, headers: Headers, body: string, signal: AbortSignal): Promise<Failure | null> {
  let url = address;
  for (let hops = 0; hops <= REDIRECTS; hops++) {
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    await response.body?.cancel();
    const next = [307, 308].includes(response.status) ? URL.parse(response.headers.get("location") ?? "", url) : null;
    if (next?.origin !== address.origin) return judge(address.host, response, next !== null);
    url = next;
  }
  return { problem: `${address.host} redirects without end.`, final: true, pauseMs: null };
}

/** What trying again can help with, besides all failures of the other side. */
const PASSING = new Set([408, 425, 429]);

function judge(host: string, { status, ok, headers }: Response, elsewhere: boolean): Failure | null {
  if (ok) return null;
  if (elsewhere)
    return { problem: `${host} redirects to another server, which is not followed.`, final: true, pauseMs: null };
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  const pauseMs = seconds > 0 ? Math.min(seconds * 1_000, LONGEST_PAUSE_MS) : null;
  return { problem: `${host} answered ${status}.`, final: status < 500 && !PASSING.has(status), pauseMs };
}

async function readWebhook(webhook: WebhookSettings): Promise<{ url: URL; headers: Headers } | { problem: string }> {
  try {
    const url = URL.parse(await readSecret(webhook.url));
    if (!url || !/^https?:$/.test(url.protocol))
      return { problem: "The file of the address holds no http or https address." };
    const headers = new Headers({ "content-type": "application/json", "user-agent": "kafdeck" });
    for (const [name, value] of webhook.headers) headers.set(name, await readSecret(value));
    return { url, headers };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return {
      problem: code
        ? `A file of the webhook cannot be read (${code}).`
        : "A header of the webhook holds what no header may.",
    };
  }
}

const reasons: Record<string, string> = {
  ECONNREFUSED: "refuses the connection",
  ECONNRESET: "broke off",
  UND_ERR_SOCKET: "broke off",
  ENOTFOUND: "is not known by that name",
  EAI_AGAIN: "is not known by that name just now",
};

/** Words of the network's own may hold the whole address, so only its codes are used. */
function reasonOf(host: string, error: unknown, timeoutMs: number): string {
  if ((error as Error).name === "TimeoutError") return `${host} did not answer within ${duration(timeoutMs)}.`;
  const { cause } = error as { cause?: { code?: unknown } };
  const code = typeof cause?.code === "string" ? cause.code : "no reason given";
  return `${host} ${reasons[code] ?? `cannot be reached (${code})`}.`;
}
