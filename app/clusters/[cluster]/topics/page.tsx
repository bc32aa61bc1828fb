import { namesOf } from "@/app/names";
import { TopicsPage } from "@/components/topics/topics-page";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <TopicsPage {...(await namesOf(params))} />;
}
