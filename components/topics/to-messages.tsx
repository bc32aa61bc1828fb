"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { url } from "@/lib/api/url";

/** The records are what a topic opens with. Replaces, so that Back leads to where the reader came from. */
export function ToMessages({ cluster, topic }: { cluster: string; topic: string }) {
  const router = useRouter();
  useEffect(() => router.replace(url`/clusters/${cluster}/topics/${topic}/messages`), [router, cluster, topic]);
  return null;
}
