import { queryOptions } from "@tanstack/react-query";
import { getCapabilities, getCluster, getDoctor, listClusters } from "../api/clusters.ts";
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
