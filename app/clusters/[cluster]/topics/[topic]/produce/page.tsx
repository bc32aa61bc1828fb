import { namesOf } from "@/app/names";
import { ProducePage } from "@/components/produce/produce-page";

export default async function Page({ params }: { params: Promise<{ cluster: string; topic: string }> }) {
  return <ProducePage {...(await namesOf(params))} />;
}
