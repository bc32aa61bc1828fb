"use client";
import { useQuery } from "@tanstack/react-query";
import { clustersQuery } from "./clusters.ts";

/** The bootstrap servers of a cluster for commands, as the frame already asked for them; undefined until they are known. */
export function useBootstrap(cluster: string): string | undefined {
  const { data } = useQuery({ ...clustersQuery(), meta: { ageless: true }, staleTime: Number.POSITIVE_INFINITY });
  return data?.items.find(({ name }) => name === cluster)?.bootstrap.join(",");
}
