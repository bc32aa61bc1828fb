import type { z } from "zod";
import type { Endpoint } from "../api/endpoint.ts";
import { isProblem, makeProblem, type Problem, problemOf } from "../api/problem.ts";
import { encodeName, queryString } from "../api/url.ts";

/** What the API answered instead of what was asked for. Recognised by `code`. */
export class ApiError extends Error {
  readonly code: Problem["code"];
  readonly problem: Problem;
  constructor(found: Problem) {
    super(found.detail ?? found.title);
    this.name = "ApiError";
    this.code = found.code;
    this.problem = found;
  }
}

type In<Schema> = Schema extends z.ZodUndefined ? undefined : Schema extends z.ZodType ? z.input<Schema> : undefined;

type Options<Query, Body> = { query?: Query; body?: Body; signal?: AbortSignal };

/** The address of an endpoint with its names filled in and escaped. */
export function addressOf(path: string, params: Record<string, string | number> | undefined, query?: unknown): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeName(String(params?.[name] ?? "")));
  return filled + queryString((query ?? {}) as Parameters<typeof queryString>[0]);
}

/**
 * Asks one endpoint. The contract types what goes in and what comes out; both ends are built from it and released together, so
 * the browser does not check the answer again. Throws ApiError for whatever is not the answer, a network that fails included.
 */
export async function call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  params: In<P>,
  options: Options<In<Q>, In<B>> = {},
): Promise<z.output<R>> {
  const address = addressOf(endpoint.path, params as Record<string, string> | undefined, options.query);
  const response = await send(address, endpoint.method, options.body, options.signal);
  if (!response.ok) throw new ApiError(await readProblem(response));
  return (await response.json()) as z.output<R>;
}

/** In a browser the address is the page's own; where the first HTML is made it is of this process, by the name it gave itself. */
const here = (address: string): string =>
  typeof window === "undefined" ? `${process.env.KAFDECK_ORIGIN ?? ""}${address}` : address;

/** A request whose failure to arrive is told as a problem too; an abort stays an abort. */
export async function send(address: string, method: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(here(address), {
      method,
      signal: signal ?? null,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(
      makeProblem("broker-unreachable", "Kafdeck itself did not answer.", {
        todo: "Check that Kafdeck still runs and that this machine reaches it.",
      }),
    );
  }
}

/** The problem+json of a failed answer; what a proxy put in its place becomes one. */
export async function readProblem(response: Response): Promise<Problem> {
  const told: unknown = await response.json().catch(() => null);
  return isProblem(told)
    ? told
    : makeProblem("unexpected", `The answer was ${response.status} ${response.statusText}`.trim());
}

/** The problem of whatever a query or a mutation failed with. */
export const problemOfError = (error: unknown): Problem =>
  problemOf(error) ?? makeProblem("unexpected", error instanceof Error ? error.message : undefined);
