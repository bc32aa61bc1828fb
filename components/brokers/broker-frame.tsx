"use client";
import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";
import { Tabs } from "@/components/ui/tabs";
import type { BrokerSummary } from "@/lib/api/brokers";
import { url } from "@/lib/api/url";
import { brokersQuery } from "@/lib/client/brokers";
import { useRefresh } from "@/lib/client/refresh";
import { bytes, counted, share } from "@/lib/format";

const pages = [
  { page: "configs", label: "Configs" },
  { page: "log-dirs", label: "Log dirs" },
  { page: "loggers", label: "Loggers" },
];

/**
 * What every page of a broker has: its id, where it is, what it carries, the tabs. The body is a column as high as what is left of
 * the window: a tab's table takes `fill`, other content scrolls by itself.
 */
export function BrokerFrame({ cluster, broker, children }: { cluster: string; broker: string; children: ReactNode }) {
  const { data } = useQuery({ ...brokersQuery(cluster), ...useRefresh() });
  const path = usePathname();
  const here = path.slice(path.lastIndexOf("/") + 1);
  const found = data?.items.find(({ id }) => String(id) === broker);
  // What counts for all brokers is set in the same place, but is no broker: it has configs only.
  if (broker === "default")
    return (
      <Page title="Cluster-wide defaults" meta="dynamic configs of all brokers" fill>
        {children}
      </Page>
    );
  return (
    <Page
      title={`Broker ${broker}`}
      fill
      badges={found && <BrokerBadges broker={found} />}
      meta={found && factsOf(found)}
      actions={
        <Link href={url`/clusters/${cluster}/brokers/default/configs`} look="button" className="max-md:hidden">
          Cluster-wide defaults
        </Link>
      }
    >
      <Tabs
        label={`Pages of broker ${broker}`}
        of={pages.map(({ page, label }) => ({
          label,
          href: url`/clusters/${cluster}/brokers/${broker}/${page}`,
          current: page === here,
        }))}
      />
      {children}
    </Page>
  );
}

const factsOf = (broker: BrokerSummary): string =>
  [
    broker.host === null ? null : `${broker.host}:${broker.port}`,
    broker.rack,
    counted(broker.replicas, "replica"),
    broker.leaderShare === null ? null : `${counted(broker.leaders, "leader")} (${share(broker.leaderShare)})`,
    broker.sizeBytes === null ? null : bytes(broker.sizeBytes),
  ]
    .filter((fact) => fact !== null)
    .join(", ");

function BrokerBadges({ broker }: { broker: BrokerSummary }) {
  return (
    <>
      {broker.roles.includes("controller") && <Badge>active controller</Badge>}
      {broker.state === "missing" && <Badge tone="bad">missing</Badge>}
      {broker.state === "unreachable" && <Badge tone="bad">does not answer</Badge>}
      {broker.outOfSync > 0 && <Badge tone="warn">{counted(broker.outOfSync, "replica")} behind</Badge>}
    </>
  );
}
