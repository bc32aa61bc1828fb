import { FirstAnswers } from "@/app/first-answers";
import { namesOf } from "@/app/names";
import { PartitionsPage } from "@/components/topics/partitions-page";
import { partitionsQuery, topicQuery } from "@/lib/client/topics";

export default async function Page({ params }: { params: Promise<{ cluster: string; topic: string }> }) {
  const { cluster, topic } = await namesOf(params);
  return (
    <FirstAnswers
      kind={`partitions/${cluster}`}
      ask={(client) =>
        Promise.all([
          client.prefetchQuery(topicQuery(cluster, topic)),
          client.prefetchQuery(partitionsQuery(cluster, topic)),
        ])
      }
    >
      <PartitionsPage cluster={cluster} topic={topic} />
    </FirstAnswers>
  );
}
