import { namesOf } from "@/app/names";
import { TopicConfigs } from "@/components/configs/configs-view";

export default async function Page({ params }: { params: Promise<{ cluster: string; topic: string }> }) {
  return <TopicConfigs {...(await namesOf(params))} />;
}
