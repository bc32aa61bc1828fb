import { namesOf } from "@/app/names";
import { GroupsPage } from "@/components/groups/groups-page";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <GroupsPage {...(await namesOf(params))} />;
}
