import { namesOf } from "@/app/names";
import { CopyPage } from "@/components/produce/copy-page";

export default async function Page({ params }: { params: Promise<{ cluster: string; topic: string }> }) {
  return <CopyPage {...(await namesOf(params))} />;
}
