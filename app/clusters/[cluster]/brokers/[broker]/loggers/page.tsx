import { namesOf } from "@/app/names";
import { BrokerLoggers } from "@/components/configs/configs-view";

export default async function Page({ params }: { params: Promise<{ cluster: string; broker: string }> }) {
  return <BrokerLoggers {...(await namesOf(params))} />;
}
