"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { url } from "@/lib/api/url";
import { clustersQuery } from "@/lib/client/clusters";
import { ClustersPage } from "./clusters-page";

/** One cluster: straight to it. Several, or none: the list, which says what to do next. */
export function HomePage() {
  const router = useRouter();
  const { data, error } = useQuery(clustersQuery());
  const only = data?.items.length === 1 ? (data.items[0]?.name ?? null) : null;
  useEffect(() => {
    if (only !== null) router.replace(url`/clusters/${only}`);
  }, [router, only]);
  if (only !== null || (data === undefined && error === null)) return null;
  return <ClustersPage />;
}
