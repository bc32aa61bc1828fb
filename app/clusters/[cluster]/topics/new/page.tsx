import { namesOf } from "@/app/names";
import { CreateTopicPage } from "@/components/topics/create-topic-page";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <CreateTopicPage {...(await namesOf(params))} />;
}
