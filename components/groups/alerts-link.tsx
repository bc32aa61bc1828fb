"use client";
import { useQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { url } from "@/lib/api/url";
import { alertsQuery } from "@/lib/client/groups";
import { useRefresh } from "@/lib/client/refresh";
import { integer } from "@/lib/format";

/** Leads to the alerts, and says how many fire. */
export function AlertsLink({ cluster }: { cluster: string }) {
  const { data } = useQuery({ ...alertsQuery(cluster), ...useRefresh(), meta: { ageless: true } });
  const firing = data?.firing ?? 0;
  return (
    <Link href={url`/clusters/${cluster}/alerts`} look="button">
      <Icon of={Bell} className={firing > 0 ? "text-bad" : "text-muted"} />
      <span className="max-md:sr-only">Alerts</span>
      {firing > 0 && <span className="font-normal text-muted tabular-nums">{integer(firing)} firing</span>}
    </Link>
  );
}
