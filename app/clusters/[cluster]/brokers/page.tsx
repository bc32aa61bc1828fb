import { FirstAnswers } from "@/app/first-answers";
import { namesOf } from "@/app/names";
import { BrokersPage } from "@/components/brokers/brokers-page";
import { brokersQuery } from "@/lib/client/brokers";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await namesOf(params);
  return (
    <FirstAnswers kind={`brokers/${cluster}`} ask={(client) => client.prefetchQuery(brokersQuery(cluster))}>
      <BrokersPage cluster={cluster} />
    </FirstAnswers>
  );
}
