"use client";
import { useQueries, useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { AccessProvider } from "@/components/ui/can";
import { type Mark, MarkProvider } from "@/components/ui/cluster-mark";
import type { ClusterCard, ClusterCards } from "@/lib/api/clusters";
import { isWrite, type Permission } from "@/lib/api/endpoint";
import { clustersQuery } from "@/lib/client/clusters";
import { groupCountsQuery } from "@/lib/client/groups";
import { useRefreshState } from "@/lib/client/refresh";
import { topicsQuery } from "@/lib/client/topics";
import { type Place, placeOf } from "./crumbs";

export type ShellData = {
  place: Place;
  /** The cluster the menu is about: that of the address, else the last one seen, else the only one. */
  cluster: string | null;
  card: ClusterCard | null;
  clusters: ClusterCard[];
  notices: ClusterCards["notices"];
  counts: { brokers: number | null; topics: number | null; groups: number | null };
};

const ShellContext = createContext<ShellData | null>(null);

/** What the frame knows about the place and the clusters. */
export function useShell(): ShellData {
  const data = useContext(ShellContext);
  if (data === null) throw new Error("useShell() is for the inside of the frame");
  return data;
}

const countsInterval = 60_000;

/** Asks for the clusters and the figures of the menu, and tells the page below what is allowed on the cluster in sight. */
export function ShellProvider({ children }: { children: ReactNode }) {
  const place = placeOf(usePathname());
  const { paused, seconds } = useRefreshState();
  const answer = useQuery({
    ...clustersQuery(),
    meta: { ageless: true },
    refetchInterval: paused ? false : seconds * 1000,
  });
  const clusters = answer.data?.items ?? [];
  const [seen, setSeen] = useState<string | null>(null);
  useEffect(() => {
    if (place.cluster !== null) setSeen(place.cluster);
  }, [place.cluster]);
  const cluster = place.cluster ?? seen ?? (clusters.length === 1 ? (clusters[0]?.name ?? null) : null);
  const card = clusters.find((each) => each.name === cluster) ?? null;
  const counted = card !== null && card.state !== "down";
  const counting = {
    meta: { ageless: true },
    staleTime: countsInterval,
    refetchInterval: paused ? (false as const) : countsInterval,
  };
  // None as long as it is not asked: one that is there without data would keep what the first HTML holds of it from the page.
  const [topics] = useQueries({
    queries: (counted ? [card.name] : []).map((name) => ({ ...topicsQuery(name, "names"), ...counting })),
  });
  const groups = useQuery({ ...groupCountsQuery(cluster ?? ""), ...counting, enabled: counted });
  const verdict = (permission: Permission): string | null | undefined => {
    if (answer.isPending) return undefined;
    return card?.readOnly && isWrite(permission)
      ? `Read-only: ${card.readOnlyReason ?? "set readOnly: false for this cluster."}`
      : null;
  };
  const mark: Mark | null = card && { cluster: card.name, label: card.label, colour: card.colour };
  const data: ShellData = {
    place,
    cluster,
    card,
    clusters,
    notices: answer.data?.notices ?? [],
    counts: { brokers: card?.brokers ?? null, topics: topics?.data?.total ?? null, groups: groups.data?.total ?? null },
  };
  return (
    <ShellContext.Provider value={data}>
      <AccessProvider value={verdict}>
        <MarkProvider value={mark}>{children}</MarkProvider>
      </AccessProvider>
    </ShellContext.Provider>
  );
}
