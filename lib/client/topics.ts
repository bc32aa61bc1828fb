import { queryOptions } from "@tanstack/react-query";
import { getTopic, listPartitions, listTopicAcls, listTopics } from "../api/topics.ts";
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
