import { FirstAnswers } from "@/app/first-answers";
import { namesOf } from "@/app/names";
import { GroupPage } from "@/components/groups/group-page";
import { groupQuery } from "@/lib/client/groups";

export default async function Page({ params }: { params: Promise<{ cluster: string; group: string }> }) {
  const { cluster, group } = await namesOf(params);
  return (
    <FirstAnswers kind={`group/${cluster}`} ask={(client) => client.prefetchQuery(groupQuery(cluster, group))}>
      <GroupPage cluster={cluster} group={group} />
    </FirstAnswers>
  );
}
