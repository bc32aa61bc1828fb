import { namesOf } from "@/app/names";
import { TopicAclsPage } from "@/components/topics/topic-acls-page";

export default async function Page({ params }: { params: Promise<{ cluster: string; topic: string }> }) {
  return <TopicAclsPage {...(await namesOf(params))} />;
}
