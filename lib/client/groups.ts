import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { listAlerts, silenceAlert } from "../api/alerts.ts";
import { getGroup, listGroups, listTopicGroups } from "../api/groups.ts";
import { call } from "./call.ts";

export const groupsQuery = (cluster: string) =>
  queryOptions({
    queryKey: ["groups", cluster, "list"],
    queryFn: ({ signal }) => call(listGroups, { cluster }, { signal }),
  });

/** How many groups there are, and how many of each status; the groups themselves are left out. */
export const groupCountsQuery = (cluster: string) =>
  queryOptions({
    queryKey: ["groups", cluster, "counts"],
    queryFn: ({ signal }) => call(listGroups, { cluster }, { query: { limit: "0" }, signal }),
  });

/** The few groups that need somebody most, and how many have each status. */
export const worstGroupsQuery = (cluster: string) =>
  queryOptions({
    queryKey: ["groups", cluster, "worst"],
    queryFn: ({ signal }) => call(listGroups, { cluster }, { query: { limit: "6" }, signal }),
  });

/** One group, read from the brokers anew. */
export const groupQuery = (cluster: string, group: string) =>
  queryOptions({
    queryKey: ["groups", cluster, "one", group],
    queryFn: ({ signal }) => call(getGroup, { cluster, group }, { signal }),
  });

export const topicGroupsQuery = (cluster: string, topic: string) =>
  queryOptions({
    queryKey: ["groups", cluster, "topic", topic],
    queryFn: ({ signal }) => call(listTopicGroups, { cluster, topic }, { signal }),
  });

export const alertsQuery = (cluster: string) =>
  queryOptions({
    queryKey: ["alerts", cluster],
    queryFn: ({ signal }) => call(listAlerts, { cluster }, { signal }),
  });

/** Sends no notices of a rule for so many minutes; 0 ends the silence. */
export function useSilence(cluster: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ rule, minutes }: { rule: string; minutes: number }) =>
      call(silenceAlert, { cluster, rule }, { body: { minutes } }),
    onSettled: () => client.invalidateQueries({ queryKey: ["alerts", cluster] }),
  });
}
