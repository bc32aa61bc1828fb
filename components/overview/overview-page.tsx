"use client";
import { useQuery } from "@tanstack/react-query";
import { Stethoscope } from "lucide-react";
import { useState } from "react";
import { CopyAsCommand } from "@/components/ui/copy-as-command";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Loaded } from "@/components/ui/loaded";
import { Page } from "@/components/ui/page";
import type { ClusterOverview } from "@/lib/api/clusters";
import { url } from "@/lib/api/url";
import { clusterQuery } from "@/lib/client/clusters";
import { worstGroupsQuery } from "@/lib/client/groups";
import { useRefresh } from "@/lib/client/refresh";
import { type Attention, AttentionBadge } from "./attention-panel";
import { overviewCommands } from "./commands";
import { ElectionDialog } from "./election-dialog";
import { groupHint } from "./group-hint";
import { OverviewBody } from "./overview-body";

/** Is this cluster well, and what needs me? */
export function OverviewPage({ cluster }: { cluster: string }) {
  const query = useQuery({ ...clusterQuery(cluster), ...useRefresh() });
  // Beside the overview, not in it: groups are more than a cluster's page should wait for.
  const asked = useQuery({ ...worstGroupsQuery(cluster), ...useRefresh(), meta: { ageless: true } });
  const groups = asked.data ?? null;
  const hint = groups && groupHint(groups);
  const [electing, setElecting] = useState(false);
  const overview: ClusterOverview | undefined = query.data;
  const attention: Attention[] = [
    ...(overview?.attention ?? []),
    ...(hint
      ? [
          {
            severity: hint.severity,
            text: hint.text,
            action: { label: "Show groups, the worst first", href: url`/clusters/${cluster}/groups` },
          },
        ]
      : []),
  ].sort((a, b) => Number(b.severity === "bad") - Number(a.severity === "bad"));
  const doctor = (words: string) => (
    <Link href={url`/clusters/${cluster}/doctor`} look="button">
      <Icon of={Stethoscope} className="text-muted" />
      <span className={words}>Check connection</span>
    </Link>
  );
  return (
    <Page
      title={cluster}
      copy={cluster}
      badges={overview && (attention.length > 0 || !asked.isPending) && <AttentionBadge of={attention} />}
      actions={
        <>
          {overview && <CopyAsCommand command={() => overviewCommands(overview.card.bootstrap)} />}
          {doctor("max-md:sr-only")}
        </>
      }
    >
      <Loaded query={query} quiet actions={doctor("")}>
        {(data) => (
          <OverviewBody
            cluster={cluster}
            overview={data}
            attention={attention}
            groups={groups}
            onElect={() => setElecting(true)}
          />
        )}
      </Loaded>
      {electing && overview && (
        <ElectionDialog
          cluster={cluster}
          bootstrap={overview.card.bootstrap}
          brokers={overview.brokers}
          onClose={() => setElecting(false)}
        />
      )}
    </Page>
  );
}
