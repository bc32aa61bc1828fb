import type { ReactNode } from "react";
import { namesOf } from "@/app/names";
import { BrokerFrame } from "@/components/brokers/broker-frame";

export default async function Layout({
  params,
  children,
}: {
  params: Promise<{ cluster: string; broker: string }>;
  children: ReactNode;
}) {
  return <BrokerFrame {...(await namesOf(params))}>{children}</BrokerFrame>;
}
