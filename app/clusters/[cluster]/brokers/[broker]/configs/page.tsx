import { namesOf } from "@/app/names";
import { BrokerConfigs } from "@/components/configs/configs-view";

export default async function Page({ params }: { params: Promise<{ cluster: string; broker: string }> }) {
  return <BrokerConfigs {...(await namesOf(params))} />;
}
