import { namesOf } from "@/app/names";
import { MessagesTab } from "@/components/messages/messages-tab";

export default async function Page({ params }: { params: Promise<{ cluster: string; topic: string }> }) {
  return <MessagesTab {...(await namesOf(params))} />;
}
