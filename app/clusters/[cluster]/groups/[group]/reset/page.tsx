import { namesOf } from "@/app/names";
import { ResetPage } from "@/components/groups/reset/reset-page";

export default async function Page({ params }: { params: Promise<{ cluster: string; group: string }> }) {
  return <ResetPage {...(await namesOf(params))} />;
}
