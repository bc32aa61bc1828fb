import { namesOf } from "@/app/names";
import { AlertsPage } from "@/components/alerts/alerts-page";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <AlertsPage {...(await namesOf(params))} />;
}
