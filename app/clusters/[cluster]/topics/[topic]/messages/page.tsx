import type { QueryClient } from "@tanstack/react-query";
import { FirstAnswers } from "@/app/first-answers";
import { namesOf } from "@/app/names";
import { kindOf, messageUrl, pageQuery, sound } from "@/components/messages/message-url";
import { MessagesTab } from "@/components/messages/messages-tab";
import { stateOf } from "@/components/ui/url-state";
import { messagesQuery } from "@/lib/client/messages";
import { topicQuery } from "@/lib/client/topics";

type Given = { params: Promise<{ cluster: string; topic: string }>; searchParams: Promise<Record<string, unknown>> };

export default async function Page({ params, searchParams }: Given) {
  const { cluster, topic } = await namesOf(params);
  const url = sound(stateOf(messageUrl, await searchParams));
  const ask = (client: QueryClient) =>
    Promise.all([
      client.prefetchQuery(topicQuery(cluster, topic)),
      // A search and a live tail come as they are found: only a page of records is there at once.
      kindOf(url) === "page" && client.prefetchInfiniteQuery(messagesQuery(cluster, topic, pageQuery(url))),
    ]);
  return (
    <FirstAnswers kind={`messages/${cluster}`} ask={ask}>
      <MessagesTab cluster={cluster} topic={topic} />
    </FirstAnswers>
  );
}
