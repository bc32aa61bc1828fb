import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { exportMessages } from "../api/messages.ts";
import { makeProblem } from "../api/problem.ts";
import {
  type CopyBody,
  type CopyLine,
  copyMessages,
  type NewRecord,
  type ProduceBody,
  type ProduceResult,
  produceMessages,
} from "../api/produce.ts";
import { ApiError, addressOf, call, readProblem, send } from "./call.ts";
import { readLines } from "./ndjson.ts";
import { recordOfLine } from "./record-file.ts";

/** A plan is asked for while it is shown; it is no part of the page's age. */
const plan = { gcTime: 0, staleTime: Number.POSITIVE_INFINITY, retry: false, meta: { ageless: true } } as const;

/** Where a record would be written, and how large it is. Nothing is written. */
export const producePlanQuery = (cluster: string, topic: string, body: ProduceBody) =>
  queryOptions({
    ...plan,
    queryKey: ["plans", cluster, "produce", topic, body],
    queryFn: ({ signal }) =>
      call(produceMessages, { cluster, topic }, { body: { ...body, validateOnly: true }, signal }),
  });

export function useProduce(cluster: string, topic: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ProduceBody) => call(produceMessages, { cluster, topic }, { body }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["messages", cluster, topic] });
      void client.invalidateQueries({ queryKey: ["topics", cluster, "one", topic] });
    },
  });
}

/** Writes some of the records of a file. It is never given up half way: without its answer nobody knows what was written. */
export const produceSome = (cluster: string, topic: string, body: ProduceBody): Promise<ProduceResult> =>
  call(produceMessages, { cluster, topic }, { body });

/** One record, every byte of it, as export writes it. `place` is `partition:offset`. */
export const exactRecordQuery = (cluster: string, topic: string, place: string) =>
  queryOptions({
    queryKey: ["messages", cluster, topic, "exact", place],
    queryFn: ({ signal }) => askExactRecord(cluster, topic, place, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    meta: { ageless: true },
  });

async function askExactRecord(cluster: string, topic: string, place: string, signal: AbortSignal): Promise<NewRecord> {
  const [partition = "", offset = "0"] = place.split(":");
  const query = {
    topics: topic,
    partition,
    from: `offset:${offset}`,
    until: `offset:${BigInt(offset) + 1n}`,
    isolation: "read_uncommitted",
    format: "jsonl",
  };
  const response = await send(addressOf(exportMessages.path, { cluster }, query), "GET", undefined, signal);
  if (!response.ok) throw new ApiError(await readProblem(response));
  const [line = ""] = (await response.text()).split("\n");
  if (line === "")
    throw new ApiError(makeProblem("record-not-found", `Partition ${partition} has no record at offset ${offset}.`));
  const record = recordOfLine(line);
  if (typeof record === "string") throw new ApiError(makeProblem("record-undecodable", record));
  return record;
}

/** The lines of a copy as they come. Leaving the loop, or `signal`, stops it at the server. Throws ApiError for a refusal. */
export async function* copyRecords(
  cluster: string,
  topic: string,
  body: CopyBody,
  signal: AbortSignal,
): AsyncGenerator<CopyLine> {
  const response = await send(addressOf(copyMessages.path, { cluster, topic }), "POST", body, signal);
  if (!response.ok) throw new ApiError(await readProblem(response));
  yield* readLines<CopyLine>(response);
}

export type CopyPlan = Extract<CopyLine, { type: "plan" }>;

/** What a copy would do. Nothing is written. */
export const copyPlanQuery = (cluster: string, topic: string, body: CopyBody) =>
  queryOptions({
    ...plan,
    queryKey: ["plans", cluster, "copy", topic, body],
    queryFn: async ({ signal }): Promise<CopyPlan> => {
      for await (const line of copyRecords(cluster, topic, { ...body, validateOnly: true }, signal)) {
        if (line.type === "error") throw new ApiError(line.problem);
        if (line.type === "plan") return line;
      }
      throw new ApiError(makeProblem("broker-unreachable", "The answer broke off."));
    },
  });
