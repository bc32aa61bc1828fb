import { namesOf } from "@/app/names";
import { ToMessages } from "@/components/topics/to-messages";

export default async function Page({ params }: { params: Promise<{ cluster: string; topic: string }> }) {
  return <ToMessages {...(await namesOf(params))} />;
}
