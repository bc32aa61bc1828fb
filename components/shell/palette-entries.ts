"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { resetHref } from "@/components/groups/reset/reset-url";
import { groupHref } from "@/components/ui/group-href";
import { url } from "@/lib/api/url";
import { groupsQuery } from "@/lib/client/groups";
import { refreshNow } from "@/lib/client/refresh";
import { topicsQuery } from "@/lib/client/topics";
import { groupOf, topicOf } from "./crumbs";
import { appNav, clusterFoot, clusterHref, clusterNav } from "./nav";
import type { Entry } from "./palette-model";
import { useShell } from "./shell-data";
import { switchPause, switchTheme } from "./toggles";

/** Pages, actions, clusters, topics and groups, in this order. */
export function useEntries(): Entry[] {
  const { cluster, clusters, place } = useShell();
  const topic = topicOf(place);
  const router = useRouter();
  const client = useQueryClient();
  const topics = useQuery({
    ...topicsQuery(cluster ?? "", "names"),
    enabled: cluster !== null,
    meta: { ageless: true },
    staleTime: 30_000,
  });
  const groups = useQuery({
    ...groupsQuery(cluster ?? ""),
    enabled: cluster !== null,
    meta: { ageless: true },
    staleTime: 30_000,
  });
  const group = groupOf(place);
  return useMemo(() => {
    const to = (kind: string, label: string, href: string): Entry => ({
      id: `${kind} ${href}`,
      label,
      kind,
      run: () => router.push(href),
    });
    const resetOf = (name: string) => to("action", `Reset offsets of ${name}`, resetHref(cluster ?? "", name));
    const act = (label: string, run: () => void): Entry => ({ id: `action ${label}`, label, kind: "action", run });
    return [
      ...(cluster === null
        ? []
        : [...clusterNav, ...clusterFoot].map((item) => to("page", item.label, clusterHref(cluster, item.noun)))),
      ...appNav.map((item) => to("page", item.label, item.href)),
      to("page", "All clusters", "/clusters"),
      ...(cluster === null ? [] : [to("action", "Create topic", url`/clusters/${cluster}/topics/new`)]),
      ...(cluster === null || topic === null
        ? []
        : [
            to("action", `Produce to ${topic}`, url`/clusters/${cluster}/topics/${topic}/produce`),
            to("action", `Copy records of ${topic}`, url`/clusters/${cluster}/topics/${topic}/produce/copy`),
          ]),
      ...(group === null ? [] : [resetOf(group)]),
      act("Refresh now", () => void refreshNow(client)),
      act("Pause or go on refreshing", switchPause),
      act("Switch between light and dark", switchTheme),
      ...clusters.map((card) =>
        to("cluster", card.name, clusterHref(card.name, place.cluster === null ? "" : place.noun)),
      ),
      ...(cluster === null
        ? []
        : (topics.data?.items ?? []).map(({ name }) => to("topic", name, url`/clusters/${cluster}/topics/${name}`))),
      ...(cluster === null
        ? []
        : (groups.data?.items ?? []).flatMap(({ groupId }) => [
            to("group", groupId, groupHref(cluster, groupId)),
            ...(groupId === group ? [] : [resetOf(groupId)]),
          ])),
    ];
  }, [cluster, clusters, place, topic, topics.data, group, groups.data, router, client]);
}
