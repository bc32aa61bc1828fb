import type { QueryClient } from "@tanstack/react-query";
import { FirstAnswers } from "@/app/first-answers";
import { namesOf } from "@/app/names";
import { TopicsPage } from "@/components/topics/topics-page";
import { topicsQuery } from "@/lib/client/topics";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await namesOf(params);
  const [names, all] = [topicsQuery(cluster, "names"), topicsQuery(cluster)];
  const ask = async (client: QueryClient) => {
    await client.prefetchQuery(all);
    if (client.getQueryData(all.queryKey)) client.removeQueries({ queryKey: names.queryKey });
  };
  return (
    <FirstAnswers kind={`topics/${cluster}`} first={(client) => client.prefetchQuery(names)} ask={ask}>
      <TopicsPage cluster={cluster} />
    </FirstAnswers>
  );
}
