import { type QueryClient, type QueryKey, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  deleteGroup,
  deleteOffsets,
  listUndos,
  type OffsetChange,
  type PlanOffsetsBody,
  planOffsets,
  removeMember,
  type SetOffsetsBody,
  setOffsets,
} from "../api/group-offsets.ts";
import { call } from "./call.ts";

/** A plan is asked for when it is shown and forgotten with the page; it is no part of the page's age. */
const plan = { gcTime: 0, staleTime: Number.POSITIVE_INFINITY, retry: false, meta: { ageless: true } } as const;

/**
 * What a reset would do. `fileId` stands for the text of a file among the keys of the cache, where three megabytes would be written
 * out at every draw; another file needs another id.
 */
export const planOffsetsQuery = (cluster: string, group: string, body: PlanOffsetsBody, fileId = 0) =>
  queryOptions({
    ...plan,
    queryKey: [
      "plans",
      cluster,
      "offsets",
      group,
      body.topics ?? null,
      body.reset.to === "file" ? { to: "file", fileId } : body.reset,
    ],
    queryFn: ({ signal }) => call(planOffsets, { cluster, group }, { body, signal }),
  });

export const deleteOffsetsPlanQuery = (cluster: string, group: string, topic: string) =>
  queryOptions({
    ...plan,
    queryKey: ["plans", cluster, "delete-offsets", group, topic],
    queryFn: ({ signal }) =>
      call(deleteOffsets, { cluster, group }, { query: { topic }, body: { validateOnly: true }, signal }),
  });

export const deleteGroupPlanQuery = (cluster: string, group: string) =>
  queryOptions({
    ...plan,
    queryKey: ["plans", cluster, "delete-group", group],
    queryFn: ({ signal }) => call(deleteGroup, { cluster, group }, { body: { validateOnly: true }, signal }),
  });

export const removeMemberPlanQuery = (cluster: string, group: string, member: string) =>
  queryOptions({
    ...plan,
    queryKey: ["plans", cluster, "remove-member", group, member],
    queryFn: ({ signal }) => call(removeMember, { cluster, group, member }, { body: { validateOnly: true }, signal }),
  });

/** The changes of a group's offsets that can be undone; the key lies below that of the group's cluster, so every change asks again. */
export const undosQuery = (cluster: string, group: string) =>
  queryOptions({
    queryKey: ["groups", cluster, "undos", group],
    queryFn: ({ signal }) => call(listUndos, { cluster, group }, { signal }),
  });

/**
 * Everything that is said of groups of the cluster: lists, pages of groups, the consumers of a topic. Not waited for: what became of
 * the change is told before a slow list has answered anew. `gone`: a group that is not asked for again; its page is still open.
 */
function invalidateGroups(client: QueryClient, cluster: string, gone: string | null = null): void {
  const isGone = ([noun, , what, group]: QueryKey) => noun === "groups" && what === "one" && group === gone;
  for (const noun of ["groups", "topics", "clusters"])
    client.invalidateQueries({ queryKey: [noun, cluster], predicate: ({ queryKey }) => !isGone(queryKey) });
}

/** Sends the rows of a plan, or an undo. The group is told with each call: a new one is named only then. */
export function useSetOffsets(cluster: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ group, ...body }: SetOffsetsBody & { group: string }) =>
      call(setOffsets, { cluster, group }, { body }),
    onSettled: () => invalidateGroups(client, cluster),
  });
}

export function useDeleteOffsets(cluster: string, group: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ topic, partitions }: { topic: string; partitions: OffsetChange[] }) =>
      call(
        deleteOffsets,
        { cluster, group },
        {
          query: { topic },
          body: { partitions: partitions.map(({ partition, before }) => ({ partition, before })) },
        },
      ),
    onSettled: () => invalidateGroups(client, cluster),
  });
}

export function useDeleteGroup(cluster: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (group: string) => call(deleteGroup, { cluster, group }, { body: {} }),
    onSettled: (_deleted, error, group) => invalidateGroups(client, cluster, error ? null : group),
  });
}

export function useRemoveMember(cluster: string, group: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (member: string) => call(removeMember, { cluster, group, member }, { body: {} }),
    onSettled: () => invalidateGroups(client, cluster),
  });
}
