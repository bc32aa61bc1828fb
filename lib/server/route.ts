import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { type Endpoint, isWrite } from "../api/endpoint.ts";
import { makeProblem, type Problem, ProblemError, problemOf } from "../api/problem.ts";
import { decodeName } from "../api/url.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { type Cost, withCost } from "../kafka/cost.ts";
import { problemFrom, translateFailure } from "../kafka/failures.ts";
import { ANONYMOUS } from "./access.ts";
import { refusal } from "./allowed.ts";
import { audit } from "./audit.ts";
import { auditable, type Told, watched } from "./audited.ts";
import { log } from "./log.ts";
import { ndjson, streamOf } from "./ndjson.ts";
import { parse, refuseUnknown } from "./parse.ts";
import { shorten } from "./shorten.ts";
import { clusterNamed, state } from "./state.ts";

type In<Schema> = Schema extends z.ZodType ? z.output<Schema> : never;

/** What a handler gets: everything parsed by the contract, and the cluster already found and allowed. */
export type Asked<Params, Query, Body> = {
  params: In<Params>;
  query: In<Query>;
  body: In<Body>;
  /** Of the path's {cluster}; asking for it on a path without one throws. */
  cluster: Cluster;
  signal: AbortSignal;
  /** Its Authorization header, for what has a token of its own; null: none was sent. */
  authorization: string | null;
  /** For the audit line of a write: what came of it, and the problem where the answer is none but not all was done. Later calls add. */
  tell: (did: Record<string, unknown>, problem?: Problem | null) => void;
};

/** Of an endpoint that answers a file: the name it is saved under, and its bytes, which may still be coming. */
export type FileAnswer = { name: string; mediaType: string; body: AsyncIterable<Uint8Array> };

type Answer<Response> = z.input<Response & z.ZodType> | AsyncIterable<z.input<Response & z.ZodType>> | FileAnswer;
/** Next gives no params at all to a path without names. */
type RouteContext = { params: Promise<Record<string, string> | undefined> };

/** Unless the endpoint says otherwise. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Commands wait for the controller, and may take longer than a page may. */
const WRITE_DEADLINE_MS = 15_000;

/**
 * The only way to make a handler: finds the cluster, asks for permission, parses what came, counts broker requests, writes the
 * audit line (of a stream when it has ended) and turns everything thrown into problem+json. A handler itself has no try and no if.
 */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  handler: (asked: Asked<P, Q, B>) => Promise<Answer<R>> | Answer<R>,
): (request: Request, context: RouteContext) => Promise<Response> {
  const write = isWrite(endpoint.permission);
  return async (request, context) => {
    const started = performance.now();
    const names = decodeParams((await context.params) ?? {});
    const told: Told = { body: null, did: null, problem: null };
    const ended = async (problem: Problem | null): Promise<void> => {
      if (!write) return;
      const failure = problem ?? told.problem;
      const address = new URL(request.url);
      const query = endpoint.query?.safeParse(Object.fromEntries(address.searchParams)).data;
      await audit({
        time: new Date().toISOString(),
        actor: ANONYMOUS.name,
        cluster: names.cluster ?? null,
        action: endpoint.permission,
        request: `${request.method} ${address.pathname}`,
        target: { ...auditable(query), ...auditable(told.body), ...names },
        validateOnly: isValidateOnly(told.body),
        did: told.did,
        outcome: failure === null ? "done" : failure.status === 403 ? "refused" : "failed",
        code: failure?.code ?? null,
        milliseconds: Math.round(performance.now() - started),
      });
    };
    const work = (cost: Cost) => answered(endpoint, handler, request, names, { told, ended, cost, started });
    return withCost(work, write ? WRITE_DEADLINE_MS : undefined);
  };
}

/** How one request is accounted for. */
type Account = { told: Told; ended: (problem: Problem | null) => Promise<void>; cost: Cost; started: number };

async function answered<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  handler: (asked: Asked<P, Q, B>) => Promise<Answer<R>> | Answer<R>,
  request: Request,
  names: Record<string, string | undefined>,
  { told, ended, cost, started }: Account,
): Promise<Response> {
  let watching = false;
  try {
    const result = await serve(endpoint, handler, request, names, told);
    if (endpoint.answers !== "ndjson" || !isWrite(endpoint.permission)) {
      const response = await respond(endpoint, result, cost, started);
      await ended(null);
      return response;
    }
    watching = true;
    const lines = watched(result as AsyncIterable<z.input<R>>, ended, (error) => explain(error, request));
    return await respond(endpoint, lines, cost, started);
  } catch (error) {
    const problem = explain(error, request);
    if (!watching) await ended(problem);
    return problemResponse(problem, cost, started);
  }
}

async function serve<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  handler: (asked: Asked<P, Q, B>) => Promise<Answer<R>> | Answer<R>,
  request: Request,
  names: Record<string, string | undefined>,
  told: Told,
): Promise<Answer<R>> {
  const { stopping } = state();
  if (stopping) throw new ProblemError("server-stopping");
  if (Object.values(names).includes(undefined)) throw new ProblemError("bad-path");
  const cluster = endpoint.path.includes("{cluster}") ? clusterNamed(names.cluster ?? "") : null;
  const refused = refusal(endpoint.permission, cluster);
  if (refused) {
    // Only for the audit line: what was refused, as far as the contract knows it.
    const attempted = await readBody(request, endpoint.bodyBytes).catch(() => null);
    told.body = endpoint.body?.safeParse(attempted).data ?? null;
    throw new ProblemError(refused.code, refused.detail, refused);
  }
  const sent = endpoint.body ? await readBody(request, endpoint.bodyBytes) : undefined;
  const body = parse(endpoint.body, sent, "body");
  told.body = body;
  const address = new URL(request.url);
  refuseUnknown(endpoint, address, sent);
  const asked: Asked<P, Q, B> = {
    params: parse(endpoint.params, names, "path") as In<P>,
    query: parse(endpoint.query, Object.fromEntries(address.searchParams), "query") as In<Q>,
    body: body as In<B>,
    get cluster(): Cluster {
      if (!cluster) throw new Error(`${endpoint.path} has no {cluster}`);
      return cluster;
    },
    signal: request.signal,
    authorization: request.headers.get("authorization"),
    tell: (did, problem = null) => {
      told.did = { ...told.did, ...did };
      told.problem = problem;
    },
  };
  // Records are only ever added: there is nothing that two who write could overwrite.
  const alone = isWrite(endpoint.permission) && endpoint.permission !== "messages.produce";
  if (!alone || isValidateOnly(body)) return handler(asked);
  return inTurn(targetOf(endpoint, names), async () => handler(asked));
}

const turns = new Map<string, Promise<unknown>>();

/** What a change is of: a topic, a group or the like. Those of a whole cluster wait for their like only. */
const targetOf = ({ method, path }: Endpoint, names: Record<string, string | undefined>): string =>
  JSON.stringify(Object.keys(names).length > 1 ? names : [method, path, names]);

/** Changes of one target in turn: Kafka compares nothing before it writes, so the later of two would overwrite the earlier unseen. */
async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(key) ?? Promise.resolve()).then(work);
  const settled = mine.catch(() => {});
  turns.set(key, settled);
  try {
    return await mine;
  } finally {
    if (turns.get(key) === settled) turns.delete(key);
  }
}

const decodeParams = (params: Record<string, string>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(params).map(([name, segment]) => [name, decodeSegment(segment)]));

/** Next hands over the segment as it stood in the URL: percent escapes first, ours after. */
function decodeSegment(segment: string): string | undefined {
  try {
    return decodeName(decodeURIComponent(segment)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** A JSON body; nothing at all reads as {}, so that `curl -X DELETE` works. */
async function readBody(request: Request, most: number | null): Promise<unknown> {
  const text = await readText(request, most ?? MAX_BODY_BYTES);
  if (text === "") return {};
  if (!/^application\/(\w+\+)?json\b/i.test(request.headers.get("content-type") ?? ""))
    throw new ProblemError("not-json");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProblemError("bad-request", `The body is not JSON: ${(error as Error).message}`);
  }
}

async function readText(request: Request, most: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const part of request.body ?? []) {
    bytes += part.byteLength;
    if (bytes > most) throw new ProblemError("too-large");
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

async function respond<R extends z.ZodType>(
  endpoint: Endpoint<z.ZodType, z.ZodType, z.ZodType, R>,
  result: Answer<R>,
  cost: Cost,
  started: number,
): Promise<Response> {
  if (endpoint.answers === "json")
    return Response.json(result, { status: endpoint.status, headers: headers(cost, started) });
  if (endpoint.answers === "text") return respondText(String(result), headers(cost, started));
  if (endpoint.answers === "file") return respondFile(result as FileAnswer, headers(cost, started));
  const body = await ndjson(result as AsyncIterable<unknown>);
  return new Response(body, {
    headers: { ...headers(cost, started), "content-type": "application/x-ndjson; charset=utf-8" },
  });
}

/** As Prometheus wants it named. */
const respondText = (text: string, more: Record<string, string>): Response =>
  new Response(text, { headers: { ...more, "content-type": "text/plain; version=0.0.4; charset=utf-8" } });

/** Never shown in the page: a payload may be HTML. RFC 6266 writes any name in ASCII. */
async function respondFile({ name, mediaType, body }: FileAnswer, more: Record<string, string>): Promise<Response> {
  const plain = name.replace(/[^A-Za-z0-9._-]/g, "_");
  return new Response(await streamOf(logged(name, body)), {
    headers: {
      ...more,
      "content-type": mediaType,
      "content-disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      "x-content-type-options": "nosniff",
    },
  });
}

/** Whoever downloads sees only that it broke off; the log says why. */
async function* logged(name: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  let sent = false;
  try {
    for await (const piece of body) {
      yield piece;
      sent = true;
    }
  } catch (error) {
    const { code, detail } = problemFrom(error);
    if (sent && code !== "cancelled") log("warn", "A download broke off.", { name, code, detail });
    throw error;
  }
}

const headers = (cost: Cost, started: number) => ({
  "cache-control": "no-store",
  "server-timing": `kafka;dur=${(performance.now() - started).toFixed(1)};desc="${cost.requests} requests"`,
});

const problemResponse = (problem: Problem, cost: Cost, started: number) =>
  new Response(JSON.stringify(problem, shorten), {
    status: problem.status,
    headers: {
      ...headers(cost, started),
      ...(problem.status === 401 ? { "www-authenticate": "Bearer" } : {}),
      // The rest of the body is not read: whoever sent the next request on this connection, a proxy perhaps for somebody else, would lose it.
      ...(problem.code === "too-large" ? { connection: "close" } : {}),
      "content-type": "application/problem+json",
    },
  });

/** What was thrown on purpose as it is; anything else as an id that the log knows. No stack ever leaves the process. */
export function explain(error: unknown, request: Request): Problem {
  if (request.signal.aborted) return makeProblem("cancelled");
  const known = problemOf(translateFailure(error));
  if (known) return known;
  const id = randomBytes(4).toString("hex");
  log("error", "A request failed in a way nobody foresaw.", {
    id,
    path: new URL(request.url).pathname,
    error: error instanceof Error ? error.stack : String(error),
  });
  return makeProblem("unexpected", undefined, { id });
}

const isValidateOnly = (body: unknown): boolean =>
  typeof body === "object" && body !== null && "validateOnly" in body && body.validateOnly === true;

/** For paths under /api that nothing serves. */
export const notFound = (): Response =>
  Response.json(makeProblem("not-found"), {
    status: 404,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
