import { namesOf } from "@/app/names";
import { CreateGroupPage } from "@/components/groups/reset/create-group-page";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <CreateGroupPage {...(await namesOf(params))} />;
}
