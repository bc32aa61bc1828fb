"use client";
import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Page } from "@/components/ui/page";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Tabs } from "@/components/ui/tabs";
import type { TopicDetail } from "@/lib/api/topics";
import { url } from "@/lib/api/url";
import { problemOfError } from "@/lib/client/call";
import { useRefresh } from "@/lib/client/refresh";
import { topicQuery } from "@/lib/client/topics";
import { bytes, counted } from "@/lib/format";
import { AllTopics } from "./all-topics";
import { TopicActions } from "./topic-actions";
import { retentionWords } from "./words";

/**
 * What every page of a topic has: its name, what it is, what is wrong, what can be done, the tabs. The body is a column as high as
 * what is left of the window: a tab's table takes `fill`, other content scrolls by itself.
 */
export function TopicFrame({ cluster, topic, children }: { cluster: string; topic: string; children: ReactNode }) {
  const query = useQuery({ ...topicQuery(cluster, topic), ...useRefresh() });
  const { data, error } = query;
  const isGone = data === undefined && error !== null && problemOfError(error).code === "topic-not-found";
  return (
    <Page
      title={topic}
      copy={topic}
      fill
      badges={data && <TopicBadges topic={data} />}
      meta={data && factsOf(data)}
      actions={!isGone && <TopicActions cluster={cluster} topic={topic} detail={data ?? null} />}
    >
      <TopicTabs cluster={cluster} topic={topic} detail={data ?? null} />
      {error !== null && data === undefined ? (
        <ProblemPanel
          problem={problemOfError(error)}
          onRetry={() => query.refetch()}
          actions={<AllTopics cluster={cluster} />}
        />
      ) : (
        children
      )}
    </Page>
  );
}

const factsOf = (topic: TopicDetail): string =>
  [
    counted(topic.partitions, "partition"),
    counted(topic.replicationFactor, "replica"),
    topic.sizeBytes === null ? null : bytes(topic.sizeBytes),
    retentionWords(topic),
  ]
    .filter((fact) => fact !== null)
    .join(", ");

function TopicBadges({ topic }: { topic: TopicDetail }) {
  const underMin = topic.underMinIsr ?? 0;
  return (
    <>
      {topic.internal && <Badge>internal</Badge>}
      {topic.offline > 0 && (
        <Badge tone="bad" icon={TriangleAlert}>
          {topic.offline} without leader
        </Badge>
      )}
      {underMin > 0 && (
        <Badge tone="bad" icon={TriangleAlert}>
          {underMin} under min ISR
        </Badge>
      )}
      {topic.underReplicated > 0 && (
        <Badge tone="warn" icon={TriangleAlert}>
          {topic.underReplicated} under-replicated
        </Badge>
      )}
    </>
  );
}

function TopicTabs({ cluster, topic, detail }: { cluster: string; topic: string; detail: TopicDetail | null }) {
  const path = usePathname();
  const here = path.slice(path.lastIndexOf("/") + 1);
  const changed = detail?.changedConfigs ?? 0;
  const tabs = [
    { page: "messages", label: "Messages" },
    { page: "partitions", label: "Partitions", meta: detail?.partitions },
    { page: "consumers", label: "Consumers", meta: detail?.groups ?? undefined },
    { page: "configs", label: "Configs", meta: changed > 0 ? `${changed} changed` : undefined },
    { page: "acls", label: "ACLs" },
  ];
  return (
    <Tabs
      label={`Pages of ${topic}`}
      of={tabs.map(({ page, ...tab }) => ({
        ...tab,
        href: url`/clusters/${cluster}/topics/${topic}/${page}`,
        current: page === here,
      }))}
    />
  );
}
