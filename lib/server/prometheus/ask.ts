import { z } from "zod";
import { ProblemError } from "../../api/problem.ts";
import { duration } from "../../format.ts";
import { readSecret } from "../../kafka/settings.ts";
import type { PrometheusSettings } from "../config-prometheus.ts";

/** What one question may answer; a board of a thousand groups is a tenth of it. */
const MOST_BYTES = 64 * 1024 * 1024;
const LONGEST_WORDS = 300;

const sample = z.tuple([z.number(), z.string()]);
const labels = z.record(z.string(), z.string());
const matrix = z.object({ result: z.array(z.object({ metric: labels, values: z.array(sample) })) });
const vector = z.object({ result: z.array(z.object({ metric: labels, value: sample })) });
const refusal = z.object({ error: z.string() });

/** Points by epoch ms. What is not a number has none. */
export type Line = { labels: Record<string, string>; points: Map<number, number> };
export type Span = { from: number; until: number; stepMs: number };

/**
 * What an expression was at each step of a span (its first point at `from`). Rejects with prometheus-failed, whose detail names the
 * host and what it said, and with cancelled.
 */
export async function askRange(
  settings: PrometheusSettings,
  expression: string,
  { from, until, stepMs }: Span,
  signal?: AbortSignal,
): Promise<Line[]> {
  const times = { start: seconds(from), end: seconds(until), step: seconds(stepMs) };
  const { result } = await ask(settings, "query_range", { query: expression, ...times }, matrix, signal);
  return result.map(({ metric, values }) => ({ labels: metric, points: pointsOf(values) }));
}

/** What an expression is at one moment. */
export async function askAt(
  settings: PrometheusSettings,
  expression: string,
  at: number,
  signal?: AbortSignal,
): Promise<Line[]> {
  const { result } = await ask(settings, "query", { query: expression, time: seconds(at) }, vector, signal);
  return result.map(({ metric, value }) => ({ labels: metric, points: pointsOf([value]) }));
}

const seconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(3);

const pointsOf = (samples: z.infer<typeof sample>[]): Map<number, number> =>
  new Map(
    samples
      .map(([at, text]): [number, number] => [Math.round(at * 1_000), Number(text)])
      .filter(([, value]) => Number.isFinite(value)),
  );

async function ask<T>(
  settings: PrometheusSettings,
  path: "query" | "query_range",
  form: Record<string, string>,
  shape: z.ZodType<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const { host } = new URL(settings.url);
  const failed = (said: string) => new ProblemError("prometheus-failed", `${host} ${said}`);
  const limit = AbortSignal.timeout(settings.timeoutMs);
  try {
    // As a form, not in the address: a board names many groups.
    const answer = await fetch(`${settings.url}/api/v1/${path}`, {
      method: "POST",
      headers: await loginOf(settings),
      body: new URLSearchParams({ ...form, timeout: `${settings.timeoutMs}ms` }),
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    const words = jsonOf(await readText(answer, failed));
    if (!answer.ok) {
      const said = refusal.safeParse(words).data?.error.slice(0, LONGEST_WORDS);
      throw failed(`answered ${answer.status}${said ? `: ${said}` : "."}`);
    }
    const parsed = z.object({ data: shape }).safeParse(words);
    if (!parsed.success) throw failed("answered something that is not of Prometheus.");
    return parsed.data.data;
  } catch (error) {
    if (signal?.aborted) throw new ProblemError("cancelled");
    if (error instanceof Error && "problem" in error) throw error;
    if (limit.aborted) throw failed(`did not answer within ${duration(settings.timeoutMs)}.`);
    throw failed(`cannot be reached (${codeOf(error)}).`);
  }
}

async function readText(answer: Response, failed: (said: string) => Error): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    bytes += part.byteLength;
    if (bytes > MOST_BYTES) throw failed("answered more than Kafdeck reads.");
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Read at each question, so that a login can be changed in its file. */
async function loginOf({ login }: PrometheusSettings): Promise<Record<string, string>> {
  if (!login) return {};
  const secret = await readSecret("bearer" in login ? login.bearer : login.password).catch((error: unknown) => {
    throw new ProblemError("prometheus-failed", `The file of its login cannot be read (${codeOf(error)}).`);
  });
  if ("bearer" in login) return { authorization: `Bearer ${secret}` };
  const pair = `${login.username}:${secret}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** Only codes: words of the network's own may hold more than the host. */
function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  const known = cause?.code ?? code;
  return typeof known === "string" ? known : "no reason given";
}
