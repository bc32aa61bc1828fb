import { namesOf } from "@/app/names";
import { TopicConsumersPage } from "@/components/groups/topic-consumers-page";

export default async function Page({ params }: { params: Promise<{ cluster: string; topic: string }> }) {
  return <TopicConsumersPage {...(await namesOf(params))} />;
}
