import type { QueryClient } from "@tanstack/react-query";
import { FirstAnswers } from "@/app/first-answers";
import { namesOf } from "@/app/names";
import { TopicsPage } from "@/components/topics/topics-page";
import { topicsQuery } from "@/lib/client/topics";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await namesOf(params);
  const [names, all] = [topicsQuery(cluster, "names"), topicsQuery(cluster)];
  // Names first: where everything takes longer than a page waits, they are rows already.
  const ask = async (client: QueryClient) => {
    await client.prefetchQuery(names);
    await client.prefetchQuery(all);
    if (client.getQueryData(all.queryKey)) client.removeQueries({ queryKey: names.queryKey });
  };
  return (
    <FirstAnswers kind={`topics/${cluster}`} ask={ask}>
      <TopicsPage cluster={cluster} />
    </FirstAnswers>
  );
}
