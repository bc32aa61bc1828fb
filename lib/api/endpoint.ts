import type { z } from "zod";

/** What a caller must be allowed to do. A permission that ends in `.read` never changes anything in Kafka. */
export type Permission =
  | "health.read"
  | "clusters.read"
  | "clusters.alter"
  | "brokers.read"
  | "brokers.alter"
  | "topics.read"
  | "topics.create"
  | "topics.alter"
  | "topics.delete"
  | "messages.read"
  | "messages.produce"
  | "messages.delete"
  | "groups.read"
  | "groups.alter"
  | "groups.delete"
  | "alerts.alter";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

type Shape = z.ZodType;

export type Endpoint<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape = Shape,
  Answer extends Shape = Shape,
> = {
  method: Method;
  /** With `{names}` in braces, as OpenAPI writes them. */
  path: string;
  permission: Permission;
  summary: string;
  params: Params | null;
  query: Query | null;
  body: Body | null;
  response: Answer;
  /** One document of `response`, a stream of lines of it, bytes of any kind that `response` does not describe, or a text. */
  answers: "json" | "ndjson" | "file" | "text";
  status: number;
  /** Bytes of a body that are read; null: as many as any other. */
  bodyBytes: number | null;
};

type Options<Params, Query, Body, Answer> = {
  permission: Permission;
  summary: string;
  params?: Params;
  query?: Query;
  body?: Body;
  response: Answer;
  /** Nothing given: json. */
  answers?: "json" | "ndjson" | "file" | "text";
  status?: number;
  /** For bodies that hold payloads. Nothing given: 4 MB. */
  bodyBytes?: number;
};

/** Declares one endpoint. `route()` serves it, `call()` asks it, OpenAPI and the permission tests are made from it. */
export function endpoint<
  Answer extends Shape,
  Params extends Shape = z.ZodUndefined,
  Query extends Shape = z.ZodUndefined,
  Body extends Shape = z.ZodUndefined,
>(method: Method, path: string, options: Options<Params, Query, Body, Answer>): Endpoint<Params, Query, Body, Answer> {
  return {
    method,
    path,
    permission: options.permission,
    summary: options.summary,
    params: options.params ?? null,
    query: options.query ?? null,
    body: options.body ?? null,
    response: options.response,
    answers: options.answers ?? "json",
    status: options.status ?? 200,
    bodyBytes: options.bodyBytes ?? null,
  };
}

/** Whether asking this endpoint can change something in Kafka. */
export const isWrite = (permission: Permission): boolean => !permission.endsWith(".read");
