import { CopyButton } from "@/components/ui/copy-button";
import { Facts } from "@/components/ui/facts";
import { Missing } from "@/components/ui/null-mark";
import { Int } from "@/components/ui/number";
import { Term } from "@/components/ui/term";
import { Totals } from "@/components/ui/totals";
import type { ClusterOverview } from "@/lib/api/clusters";
import { bytes, share } from "@/lib/format";

/** What the cluster is. */
export function OverviewFacts({ overview }: { overview: ClusterOverview }) {
  const { card, clusterId, kafkaVersion, controller, quorum, features } = overview;
  const [first, ...more] = card.bootstrap;
  const metadataVersion = features.find(({ name }) => name === "metadata.version");
  return (
    <Facts
      of={[
        {
          key: "bootstrap",
          label: <Term id="bootstrap">Bootstrap servers</Term>,
          value: (
            <span title={card.bootstrap.join("\n")}>
              <code>{first}</code>
              {more.length > 0 && <span className="text-muted"> and {more.length} more</span>}
            </span>
          ),
        },
        clusterId === null
          ? null
          : {
              key: "id",
              label: <Term id="cluster-id">Cluster id</Term>,
              value: (
                <span className="inline-flex items-center gap-1">
                  <code>{clusterId}</code>
                  <CopyButton value={clusterId} label="Copy cluster id" className="-my-1" />
                </span>
              ),
            },
        {
          label: "Kafka",
          value:
            kafkaVersion === null ? (
              <Missing why="The brokers do not tell" />
            ) : (
              <>
                <b>{kafkaVersion}</b>{" "}
                <span className="text-muted">
                  by <Term id="api-versions">ApiVersions</Term>
                </span>
              </>
            ),
        },
        metadataVersion === undefined
          ? null
          : {
              key: "metadata.version",
              label: <Term id="metadata-version" />,
              value: metadataVersion.finalizedName ?? metadataVersion.finalized ?? <Missing why="Not in force" />,
            },
        {
          key: "controller",
          label: <Term id="active-controller" />,
          value:
            controller === null ? (
              <Missing why={overview.quorumProblem?.detail ?? "Not known"} />
            ) : (
              <>
                {controller}
                {quorum && (
                  <span className="text-muted">
                    , epoch <Int value={quorum.leaderEpoch} />
                  </span>
                )}
              </>
            ),
        },
        {
          label: "Access",
          value: (
            <>
              {card.readOnly ? "Read-only" : "Read and write"}
              <span className="text-muted">, {card.security}</span>
            </>
          ),
        },
      ]}
    />
  );
}

/** How big it is, and the figures that should be zero. */
export function OverviewTotals({ overview }: { overview: ClusterOverview }) {
  const { totals, brokers } = overview;
  const untold = brokers.filter(({ sizeBytes }) => sizeBytes === null).length;
  const preferred = totals.preferredLeaderShare;
  return (
    <Totals
      of={[
        { label: "Topics", value: <Int value={totals.topics} />, note: `${totals.internalTopics} internal` },
        { label: "Partitions", value: <Int value={totals.partitions} /> },
        { label: "Replicas", value: <Int value={totals.replicas} /> },
        {
          key: "under-replicated",
          label: <Term id="under-replicated" />,
          value: <Int value={totals.underReplicated} />,
          tone: totals.underReplicated > 0 ? "warn" : undefined,
        },
        {
          key: "under-min-isr",
          label: <Term id="under-min-isr" />,
          value: <Int value={totals.underMinIsr} why="min.insync.replicas may not be described" />,
          tone: (totals.underMinIsr ?? 0) > 0 ? "bad" : undefined,
        },
        {
          key: "offline",
          label: <Term id="offline" />,
          value: <Int value={totals.offline} />,
          tone: totals.offline > 0 ? "bad" : undefined,
        },
        {
          key: "preferred",
          label: <Term id="preferred-leader" />,
          value: preferred === null ? <Missing why="Nothing has a leader" /> : share(preferred),
        },
        {
          label: "Disk used",
          value: totals.sizeBytes === null ? <Missing why="No broker told its log dirs" /> : bytes(totals.sizeBytes),
          note:
            totals.sizeBytes === null
              ? undefined
              : untold > 0
                ? `${brokers.length - untold} of ${brokers.length} brokers`
                : totals.diskTotalBytes === null
                  ? undefined
                  : `of ${bytes(totals.diskTotalBytes)}`,
        },
      ]}
    />
  );
}
