import { namesOf } from "@/app/names";
import { PartitionsPage } from "@/components/topics/partitions-page";

export default async function Page({ params }: { params: Promise<{ cluster: string; topic: string }> }) {
  return <PartitionsPage {...(await namesOf(params))} />;
}
