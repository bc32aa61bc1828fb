import type { ReactNode } from "react";
import { namesOf } from "@/app/names";
import { TopicFrame } from "@/components/topics/topic-frame";

export default async function Layout({
  params,
  children,
}: {
  params: Promise<{ cluster: string; topic: string }>;
  children: ReactNode;
}) {
  return <TopicFrame {...(await namesOf(params))}>{children}</TopicFrame>;
}
