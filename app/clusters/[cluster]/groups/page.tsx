import { FirstAnswers } from "@/app/first-answers";
import { namesOf } from "@/app/names";
import { GroupsPage } from "@/components/groups/groups-page";
import { groupsQuery } from "@/lib/client/groups";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await namesOf(params);
  return (
    <FirstAnswers kind={`groups/${cluster}`} ask={(client) => client.prefetchQuery(groupsQuery(cluster))}>
      <GroupsPage cluster={cluster} />
    </FirstAnswers>
  );
}
