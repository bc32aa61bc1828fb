import { namesOf } from "@/app/names";
import { CapabilitiesPage } from "@/components/capabilities/capabilities-page";

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <CapabilitiesPage {...(await namesOf(params))} />;
}
