import { FirstAnswers } from "@/app/first-answers";
import { namesOf } from "@/app/names";
import { OverviewPage } from "@/components/overview/overview-page";
import { clusterQuery } from "@/lib/client/clusters";
import { worstGroupsQuery } from "@/lib/client/groups";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await namesOf(params);
  return (
    <FirstAnswers
      kind={`overview/${cluster}`}
      ask={(client) =>
        Promise.all([client.prefetchQuery(clusterQuery(cluster)), client.prefetchQuery(worstGroupsQuery(cluster))])
      }
    >
      <OverviewPage cluster={cluster} />
    </FirstAnswers>
  );
}
