import { namesOf } from "@/app/names";
import { GroupPage } from "@/components/groups/group-page";

export default async function Page({ params }: { params: Promise<{ cluster: string; group: string }> }) {
  return <GroupPage {...(await namesOf(params))} />;
}
