import { redirect } from "next/navigation";
import { namesOf } from "@/app/names";
import { url } from "@/lib/api/url";

export default async function Page({ params }: { params: Promise<{ cluster: string; broker: string }> }) {
  const { cluster, broker } = await namesOf(params);
  redirect(url`/clusters/${cluster}/brokers/${broker}/configs`);
}
