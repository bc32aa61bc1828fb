import { namesOf } from "@/app/names";
import { OverviewPage } from "@/components/overview/overview-page";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <OverviewPage {...(await namesOf(params))} />;
}
