import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { listTopicAcls } from "../api/acls.ts";
import { type DeleteRecordsBody, deleteRecords } from "../api/records.ts";
import {
  addPartitions,
  type CreateTopicBody,
  createTopic,
  deleteTopic,
  getTopic,
  listPartitions,
  listTopics,
  recreateTopic,
} from "../api/topics.ts";
import { call } from "./call.ts";

/** `names` answers from Metadata alone, so that first rows show at once; `all` fills in what costs more. */
export const topicsQuery = (cluster: string, detail: "names" | "all" = "all") =>
  queryOptions({
    queryKey: ["topics", cluster, "list", detail],
    queryFn: ({ signal }) => call(listTopics, { cluster }, { query: { detail }, signal }),
  });

export const topicQuery = (cluster: string, topic: string) =>
  queryOptions({
    queryKey: ["topics", cluster, "one", topic],
    queryFn: ({ signal }) => call(getTopic, { cluster, topic }, { signal }),
  });

export const partitionsQuery = (cluster: string, topic: string) =>
  queryOptions({
    queryKey: ["topics", cluster, "one", topic, "partitions"],
    queryFn: ({ signal }) => call(listPartitions, { cluster, topic }, { signal }),
  });

export const topicAclsQuery = (cluster: string, topic: string) =>
  queryOptions({
    queryKey: ["topics", cluster, "one", topic, "acls"],
    queryFn: ({ signal }) => call(listTopicAcls, { cluster, topic }, { signal }),
  });

/** A plan is asked for when it is shown and forgotten with the dialog; it is no part of the page's age. */
const plan = { gcTime: 0, staleTime: Number.POSITIVE_INFINITY, retry: false, meta: { ageless: true } } as const;

/** What the broker says to a topic before it is created. */
export const createTopicVerdictQuery = (cluster: string, body: CreateTopicBody) =>
  queryOptions({
    ...plan,
    queryKey: ["plans", cluster, "create", body],
    queryFn: ({ signal }) => call(createTopic, { cluster }, { body: { ...body, validateOnly: true }, signal }),
  });

export const deleteTopicPlanQuery = (cluster: string, topic: string) =>
  queryOptions({
    ...plan,
    queryKey: ["plans", cluster, "delete", topic],
    queryFn: ({ signal }) => call(deleteTopic, { cluster, topic }, { body: { validateOnly: true }, signal }),
  });

export const recreateTopicPlanQuery = (cluster: string, topic: string) =>
  queryOptions({
    ...plan,
    queryKey: ["plans", cluster, "recreate", topic],
    queryFn: ({ signal }) => call(recreateTopic, { cluster, topic }, { body: { validateOnly: true }, signal }),
  });

export const addPartitionsPlanQuery = (cluster: string, topic: string, count: number) =>
  queryOptions({
    ...plan,
    queryKey: ["plans", cluster, "add-partitions", topic, count],
    queryFn: ({ signal }) => call(addPartitions, { cluster, topic }, { body: { count, validateOnly: true }, signal }),
  });

export const deleteRecordsPlanQuery = (cluster: string, topic: string, body: DeleteRecordsBody) =>
  queryOptions({
    ...plan,
    queryKey: ["plans", cluster, "delete-records", topic, body],
    queryFn: ({ signal }) => call(deleteRecords, { cluster, topic }, { body: { ...body, validateOnly: true }, signal }),
  });

/** Lists, the overview and, unless it is gone, the topic itself. */
const invalidateTopics = (client: QueryClient, cluster: string, topic: string | null) =>
  Promise.all([
    client.invalidateQueries({ queryKey: ["topics", cluster, "list"] }),
    client.invalidateQueries({ queryKey: ["clusters", cluster] }),
    ...(topic === null ? [] : [client.invalidateQueries({ queryKey: ["topics", cluster, "one", topic] })]),
  ]);

export function useCreateTopic(cluster: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateTopicBody) => call(createTopic, { cluster }, { body }),
    onSettled: () => invalidateTopics(client, cluster, null),
  });
}

export function useDeleteTopic(cluster: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ topic, topicId }: { topic: string; topicId: string | null }) =>
      call(deleteTopic, { cluster, topic }, { body: topicId === null ? {} : { topicId } }),
    onSettled: () => invalidateTopics(client, cluster, null),
  });
}

export function useRecreateTopic(cluster: string, topic: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (topicId: string | null) =>
      call(recreateTopic, { cluster, topic }, { body: topicId === null ? {} : { topicId } }),
    // A new topic behind the old name: everything on the page is about another thing now.
    onSettled: () => client.invalidateQueries(),
  });
}

export function useAddPartitions(cluster: string, topic: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { count: number; before: number }) => call(addPartitions, { cluster, topic }, { body }),
    onSettled: () => invalidateTopics(client, cluster, topic),
  });
}

export function useDeleteRecords(cluster: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ topic, ...body }: DeleteRecordsBody & { topic: string }) =>
      call(deleteRecords, { cluster, topic }, { body }),
    onSettled: (_, __, { topic }) => invalidateTopics(client, cluster, topic),
  });
}
