import { namesOf } from "@/app/names";
import { BrokersPage } from "@/components/brokers/brokers-page";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <BrokersPage {...(await namesOf(params))} />;
}
