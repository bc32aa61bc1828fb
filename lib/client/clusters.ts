import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { electLeaders, getCapabilities, getCluster, getDoctor, listClusters, updateFeature } from "../api/clusters.ts";
import { call } from "./call.ts";

export const clustersQuery = () =>
  queryOptions({ queryKey: ["clusters", "list"], queryFn: ({ signal }) => call(listClusters, undefined, { signal }) });

export const clusterQuery = (cluster: string) =>
  queryOptions({
    queryKey: ["clusters", cluster, "overview"],
    queryFn: ({ signal }) => call(getCluster, { cluster }, { signal }),
  });

export const capabilitiesQuery = (cluster: string) =>
  queryOptions({
    queryKey: ["clusters", cluster, "capabilities"],
    queryFn: ({ signal }) => call(getCapabilities, { cluster }, { signal }),
  });

export const doctorQuery = (cluster: string) =>
  queryOptions({
    queryKey: ["clusters", cluster, "doctor"],
    queryFn: ({ signal }) => call(getDoctor, { cluster }, { signal }),
  });

type FeatureChange = z.infer<NonNullable<(typeof updateFeature)["body"]>>;
export type ElectionPlan = z.infer<(typeof electLeaders)["response"]>;

/** What the controller says of a new feature level before anything is set. A plan has no age: it is asked for once. */
export const featurePlanQuery = (cluster: string, change: FeatureChange) =>
  queryOptions({
    queryKey: ["clusters", cluster, "feature-plan", change],
    queryFn: ({ signal }) => call(updateFeature, { cluster }, { body: { ...change, validateOnly: true }, signal }),
    meta: { ageless: true },
    retry: false,
    gcTime: 0,
  });

export function useUpdateFeature(cluster: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: FeatureChange) => call(updateFeature, { cluster }, { body: change }),
    onSettled: () => client.invalidateQueries({ queryKey: ["clusters"] }),
  });
}

/** What an election of preferred leaders would move now. */
export const electionPlanQuery = (cluster: string) =>
  queryOptions({
    queryKey: ["clusters", cluster, "election-plan"],
    queryFn: ({ signal }) =>
      call(electLeaders, { cluster }, { body: { type: "preferred", validateOnly: true }, signal }),
    meta: { ageless: true },
    retry: false,
    gcTime: 0,
  });

/** Elects what the plan shows, partition by partition; where a leader has moved since, nothing is done (`plan-outdated`). */
export function useElectLeaders(cluster: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (plan: ElectionPlan) => {
      const partitions = plan.partitions
        .filter(({ problem }) => problem === null)
        .map(({ topic, partition, before }) => ({ topic, partition, before }));
      return call(electLeaders, { cluster }, { body: { type: "preferred", partitions } });
    },
    onSettled: () =>
      Promise.all(
        ["clusters", "brokers", "topics"].map((noun) => client.invalidateQueries({ queryKey: [noun, cluster] })),
      ),
  });
}
