import { brokerColumns, brokerKey, brokerPhoneRow } from "@/components/ui/broker-columns";
import { DataTable } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Age } from "@/components/ui/time";
import { Warnings } from "@/components/ui/warnings";
import type { ClusterOverview } from "@/lib/api/clusters";
import type { GroupList } from "@/lib/api/groups";
import type { Problem } from "@/lib/api/problem";
import { url } from "@/lib/api/url";
import { counted, duration } from "@/lib/format";
import { type Attention, AttentionPanel } from "./attention-panel";
import { BiggestTopics } from "./biggest-topics";
import { FeaturePanel } from "./feature-panel";
import { GroupsPanel } from "./groups-panel";
import { OverviewFacts, OverviewTotals } from "./overview-facts";
import { QuorumPanel } from "./quorum-panel";

/** What stands in the panel of things to look at already is not told a second time. */
function notYetTold({ warnings, brokers, quorumProblem }: ClusterOverview): Problem[] {
  const silent = new Set(brokers.filter(({ state }) => state === "unreachable").map(({ id }) => id));
  return warnings.filter(
    ({ broker, code }) => !(broker !== undefined && silent.has(broker)) && code !== quorumProblem?.code,
  );
}

export function OverviewBody({
  cluster,
  overview,
  attention,
  groups,
  onElect,
}: {
  cluster: string;
  overview: ClusterOverview;
  attention: Attention[];
  /** Null until they are known. */
  groups: GroupList | null;
  onElect: () => void;
}) {
  const { brokers, card, snapshot } = overview;
  return (
    <div className="flex shrink-0 flex-col gap-3">
      <OverviewFacts overview={overview} />
      <Warnings of={notYetTold(overview)} />
      <OverviewTotals overview={overview} />
      <AttentionPanel cluster={cluster} of={attention} onElect={onElect} />
      <Panel
        title="Brokers"
        meta={`${card.answered ?? 0} of ${brokers.length} answered`}
        flush
        actions={
          <Link href={url`/clusters/${cluster}/brokers`} look="text">
            Configs and log dirs
          </Link>
        }
      >
        <DataTable
          label="Brokers"
          rows={brokers}
          columns={brokerColumns}
          rowKey={brokerKey}
          href={(broker) => url`/clusters/${cluster}/brokers/${broker.id}/configs`}
          phone={brokerPhoneRow}
        />
      </Panel>
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,1.62fr)_minmax(0,1fr)]">
        <BiggestTopics cluster={cluster} overview={overview} />
        <div className="grid min-w-0 gap-3">
          <GroupsPanel cluster={cluster} groups={groups} />
          <QuorumPanel quorum={overview.quorum} problem={overview.quorumProblem} />
          <FeaturePanel cluster={cluster} bootstrap={card.bootstrap} features={overview.features} />
        </div>
      </div>
      <p className="flex flex-wrap gap-x-3.5 text-12 text-muted">
        <span>
          Read from the brokers <Age value={snapshot.takenAt} />
        </span>
        <span>
          {counted(snapshot.requests, "broker request")}, {duration(Math.round(snapshot.milliseconds))}
        </span>
      </p>
    </div>
  );
}
