import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { MessagesQuery } from "../api/message-queries.ts";
import {
  checkFilter,
  getMessage,
  listMessageTypes,
  type Message,
  type MessageLine,
  readMessages,
} from "../api/messages.ts";
import { makeProblem, type Problem } from "../api/problem.ts";
import { ApiError, addressOf, call, readProblem, send } from "./call.ts";
import { readLines } from "./ndjson.ts";
import { continued, type EndLine, type StartLine } from "./stream-totals.ts";

export type MessagePage = { start: StartLine; messages: Message[]; end: EndLine; warnings: Problem[] };

/** One page, whole. Throws ApiError for a refusal, for an `error` line, and for a stream that breaks off. */
async function askPage(
  cluster: string,
  topic: string,
  query: MessagesQuery,
  signal: AbortSignal,
): Promise<MessagePage> {
  const response = await send(addressOf(readMessages.path, { cluster, topic }, query), "GET", undefined, signal);
  if (!response.ok) throw new ApiError(await readProblem(response));
  let start: StartLine | null = null;
  const messages: Message[] = [];
  for await (const line of readLines<MessageLine>(response)) {
    if (line.type === "error") throw new ApiError(line.problem);
    if (line.type === "start") start = line;
    if (line.type === "messages") messages.push(...line.messages);
    if (line.type === "end" && start) return { start, messages, end: line, warnings: line.warnings };
  }
  throw new ApiError(makeProblem("broker-unreachable", "The answer broke off."));
}

/** Page after page; each continues at the cursor of the one before. */
export const messagesQuery = (cluster: string, topic: string, query: MessagesQuery) =>
  infiniteQueryOptions({
    queryKey: ["messages", cluster, topic, query],
    queryFn: ({ pageParam, signal }) =>
      askPage(cluster, topic, pageParam === null ? query : continued(query, pageParam), signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ end }) => end.cursor,
    // Records do not change; newer ones come when they are asked for.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

/** One record whole. `place` is `partition:offset`; a format `""` is as the bytes speak. */
export const messageQuery = (
  cluster: string,
  topic: string,
  place: string,
  { keyFormat, valueFormat } = { keyFormat: "", valueFormat: "" },
) => {
  const [partition = "", offset = ""] = place.split(":");
  const query = { ...(keyFormat && { keyFormat }), ...(valueFormat && { valueFormat }) };
  return queryOptions({
    queryKey: ["messages", cluster, topic, "one", place, query],
    queryFn: ({ signal }) => call(getMessage, { cluster, topic, partition, offset }, { query, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    meta: { ageless: true },
  });
};

/** Whether a CEL filter or a regular expression is valid, and how it would be searched for. It is no part of the page's age. */
export const filterCheckQuery = (cluster: string, asked: { filter: string } | { regex: string }) =>
  queryOptions({
    queryKey: ["messages", cluster, "check", asked],
    queryFn: ({ signal }) => call(checkFilter, { cluster }, { body: asked, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    meta: { ageless: true },
  });

/** The Protobuf message types of the cluster's descriptor files; they stay as the configuration has them. */
export const messageTypesQuery = (cluster: string) =>
  queryOptions({
    queryKey: ["messages", cluster, "types"],
    queryFn: ({ signal }) => call(listMessageTypes, { cluster }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    meta: { ageless: true },
  });
