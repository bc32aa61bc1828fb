import { FirstAnswers } from "@/app/first-answers";
import { namesOf } from "@/app/names";
import { TopicsPage } from "@/components/topics/topics-page";
import { topicsQuery } from "@/lib/client/topics";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await namesOf(params);
  return (
    <FirstAnswers
      kind={`topics/${cluster}`}
      ask={(client) => client.prefetchQuery(topicsQuery(cluster))}
      orElse={(client) => client.prefetchQuery(topicsQuery(cluster, "names"))}
    >
      <TopicsPage cluster={cluster} />
    </FirstAnswers>
  );
}
