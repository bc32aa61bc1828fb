"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { CopyAsCommand } from "@/components/ui/copy-as-command";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Loaded } from "@/components/ui/loaded";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { Age } from "@/components/ui/time";
import { useUrlState } from "@/components/ui/use-url-state";
import type { LogDirList } from "@/lib/api/brokers";
import { url } from "@/lib/api/url";
import { logDirsQuery } from "@/lib/client/brokers";
import { clustersQuery } from "@/lib/client/clusters";
import { useRefresh } from "@/lib/client/refresh";
import { counted } from "@/lib/format";
import { LogDirTable } from "./log-dir-table";
import { TopicSizes } from "./topic-sizes";

// A chart library is half of the page's weight: it comes when a chart is shown.
const TopicSizeChart = dynamic(() => import("./topic-size-chart").then((module) => module.TopicSizeChart), {
  ssr: false,
  loading: () => <Skeleton rows={6} />,
});

const defaults = { view: "chart" };
const inChart = 12;
const views = [
  { value: "chart", label: "Chart" },
  { value: "table", label: "Show as table" },
];

/** Where does this broker keep its partitions, how full is it, and what fills it? */
export function LogDirsPage({ cluster, broker }: { cluster: string; broker: string }) {
  const query = useQuery({ ...logDirsQuery(cluster, broker), ...useRefresh() });
  return (
    <div className="-mx-page flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-page pb-6">
      <Loaded
        query={query}
        actions={
          <>
            <Link href={url`/clusters/${cluster}/brokers`} look="button">
              Open the list of brokers
            </Link>
            <Link href={url`/clusters/${cluster}/doctor`} look="button">
              Check connection
            </Link>
          </>
        }
      >
        {(data) => <LogDirs cluster={cluster} broker={broker} dirs={data} />}
      </Loaded>
    </div>
  );
}

function LogDirs({ cluster, broker, dirs }: { cluster: string; broker: string; dirs: LogDirList }) {
  const [{ view }, setState] = useUrlState(defaults);
  const { data: clusters } = useQuery({ ...clustersQuery(), meta: { ageless: true } });
  const bootstrap = clusters?.items.find(({ name }) => name === cluster)?.bootstrap ?? [];
  const command = () =>
    `kafka-log-dirs.sh \\\n  --bootstrap-server ${bootstrap.join(",")} \\\n  --describe --broker-list ${broker}`;
  if (dirs.items.length === 0)
    return (
      <EmptyState title="No log dirs were told" command={command()}>
        The broker answered without naming one. Before Kafka 3.1 that is what a user gets who may not describe the
        cluster.
      </EmptyState>
    );
  const shown = Math.min(inChart, dirs.topics.length);
  return (
    <>
      <Panel
        title="Log dirs"
        meta={dirs.items.length}
        flush
        className="shrink-0"
        actions={<CopyAsCommand command={command} />}
      >
        <LogDirTable dirs={dirs.items} />
      </Panel>
      <Panel
        title="Biggest topics"
        meta={view === "table" ? `${dirs.topics.length} of ${dirs.topicCount}` : `${shown} of ${dirs.topicCount}`}
        flush
        className="shrink-0"
        actions={
          <Segmented
            label="Show sizes as"
            value={view}
            options={views}
            onChange={(next) => setState({ view: next }, "push")}
          />
        }
      >
        {dirs.topics.length === 0 ? (
          <p className="px-3 py-2.5 text-ink-2">This broker holds no replica.</p>
        ) : view === "table" ? (
          <TopicSizes cluster={cluster} topics={dirs.topics} />
        ) : (
          <TopicSizeChart topics={dirs.topics.slice(0, inChart)} />
        )}
      </Panel>
      {dirs.snapshot && (
        <p className="text-12 text-muted">
          Read from the broker <Age value={dirs.snapshot.takenAt} />,{" "}
          {counted(dirs.snapshot.requests, "broker request")}
        </p>
      )}
    </>
  );
}
