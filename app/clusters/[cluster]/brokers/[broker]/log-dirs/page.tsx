import { namesOf } from "@/app/names";
import { LogDirsPage } from "@/components/brokers/log-dirs-page";

export default async function Page({ params }: { params: Promise<{ cluster: string; broker: string }> }) {
  return <LogDirsPage {...(await namesOf(params))} />;
}
