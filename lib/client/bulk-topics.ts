import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Problem } from "../api/problem.ts";
import { type DeleteRecordsResult, deleteRecords } from "../api/records.ts";
import { deleteTopic } from "../api/topics.ts";
import { call, problemOfError } from "./call.ts";

/** Requests of one bulk command under way at once: the browser has six connections for all its tabs. */
const WIDTH = 2;

/** What became of one topic; `problem` null is success. */
export type BulkResult = { topic: string; problem: Problem | null };

/** Does `work` for each, a few at a time, and goes on after failures. Stops starting more once `signal` is aborted. */
async function forEachFew<Item>(
  items: Item[],
  signal: AbortSignal,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined && !signal.aborted; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: WIDTH }, worker));
}

export type PurgePlan = { topic: string; plan: DeleteRecordsResult | null; problem: Problem | null };

/** Where the logs of topics would start if all their records went; a topic that refuses carries the reason. */
export const purgePlansQuery = (cluster: string, topics: string[]) =>
  queryOptions({
    queryKey: ["plans", cluster, "purge", topics],
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    meta: { ageless: true },
    queryFn: async ({ signal }) => {
      const plans = new Map<string, PurgePlan>();
      await forEachFew(topics, signal, async (topic) => {
        try {
          const plan = await call(
            deleteRecords,
            { cluster, topic },
            { body: { all: true, validateOnly: true }, signal },
          );
          plans.set(topic, { topic, plan, problem: null });
        } catch (error) {
          plans.set(topic, { topic, plan: null, problem: problemOfError(error) });
        }
      });
      return topics.flatMap((topic) => plans.get(topic) ?? []);
    },
  });

type Bulk<Item> = { items: Item[]; signal: AbortSignal; onResult: (result: BulkResult) => void };

/** One command for many topics. Never rejects for one of them: `onResult` tells each. Lists are asked again once, at the end. */
function useBulk<Item extends { topic: string }>(cluster: string, run: (item: Item) => Promise<Problem | null>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ items, signal, onResult }: Bulk<Item>) =>
      forEachFew(items, signal, async (item) => {
        const problem = await run(item).catch(problemOfError);
        onResult({ topic: item.topic, problem });
      }),
    onSettled: () => {
      client.invalidateQueries({ queryKey: ["topics", cluster] });
      client.invalidateQueries({ queryKey: ["clusters", cluster] });
    },
  });
}

export const useDeleteTopics = (cluster: string) =>
  useBulk<{ topic: string; topicId: string | null }>(cluster, async ({ topic, topicId }) => {
    await call(deleteTopic, { cluster, topic }, { body: topicId === null ? {} : { topicId } });
    return null;
  });

/** Sends the offsets of the plan. A partition that failed is the topic's problem. */
export const usePurgeTopics = (cluster: string) =>
  useBulk<{ topic: string; plan: DeleteRecordsResult }>(cluster, async ({ topic, plan }) => {
    const { partitions } = await call(deleteRecords, { cluster, topic }, { body: offsetsOf(plan) });
    return partitions.find(({ problem }) => problem !== null)?.problem ?? null;
  });

/** What applies a plan: its offsets, not its wish, and only for the topic it was made for. */
export function offsetsOf({ partitions, topicId }: DeleteRecordsResult) {
  const offsets = partitions.flatMap(({ partition, after, records, problem }) =>
    problem === null && after !== null && records !== "0" ? [{ partition, offset: after }] : [],
  );
  return { offsets, ...(topicId === null ? {} : { topicId }) };
}
