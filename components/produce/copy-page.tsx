"use client";
import { useQuery } from "@tanstack/react-query";
import { FactList } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { Int } from "@/components/ui/number";
import { Panel } from "@/components/ui/panel";
import { useUrlState } from "@/components/ui/use-url-state";
import { queryString, url } from "@/lib/api/url";
import { clustersQuery } from "@/lib/client/clusters";
import { useHoldRefresh } from "@/lib/client/refresh";
import { isSearch } from "@/lib/client/search-names";
import { counted } from "@/lib/format";
import { CopyPlanPanel } from "./copy-plan";
import { CopyResult } from "./copy-result";
import { CopyTarget } from "./copy-target";
import { bodyOf, type CopyUrl, copyUrl, placesOf, sourceFacts } from "./copy-url";
import { useCopyRun } from "./use-copy-run";

/** Writes records of this topic to another one, here or on another cluster. The frame of the topic is around it. */
export function CopyPage({ cluster, topic }: { cluster: string; topic: string }) {
  useHoldRefresh("editing");
  const [state, set] = useUrlState(copyUrl);
  const clusters = useQuery({ ...clustersQuery(), meta: { ageless: true }, staleTime: 30_000 });
  const toCluster = state.toCluster || cluster;
  const known = clusters.data?.items.find(({ name }) => name === toCluster);
  const target = clusters.isPending ? undefined : (known ?? null);
  const body = bodyOf(cluster, topic, state);
  const copying = useCopyRun(toCluster, state.toTopic);
  const isIdle = copying.run.phase === "idle";
  return (
    <div className="-mx-page flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-page pb-6">
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_380px]">
        <div className="flex min-w-0 flex-col gap-4">
          <Source cluster={cluster} topic={topic} state={state} />
          {isIdle && (
            <CopyTarget
              cluster={toCluster}
              source={{ cluster, topic }}
              clusters={clusters.data?.items ?? null}
              state={state}
              onChange={set}
            />
          )}
          {!isIdle && body && (
            <CopyResult
              target={{ cluster: toCluster, topic: state.toTopic }}
              run={copying.run}
              named={body.from.records !== undefined}
              onStop={copying.stop}
              onProceed={() => copying.proceed(body)}
              onAnother={copying.reset}
            />
          )}
        </div>
        {isIdle && (
          <Panel title="Plan" meta="nothing has been written yet" className="lg:sticky lg:top-0">
            <CopyPlanPanel
              key={`${toCluster} ${state.toTopic}`}
              cluster={toCluster}
              topic={state.toTopic}
              card={target}
              narrowed={isSearch(state)}
              body={body}
              onCopy={(cursor) => body && copying.start(body, cursor)}
            />
          </Panel>
        )}
      </div>
    </div>
  );
}

/** What is copied: the records, or the search that finds them. */
function Source({ cluster, topic, state }: { cluster: string; topic: string; state: CopyUrl }) {
  const places = placesOf(topic, state);
  const messages = url`/clusters/${cluster}/topics/${topic}/messages`;
  const { toCluster: _c, toTopic: _t, partitions: _p, timestamps: _ts, codec: _z, ...search } = state;
  if (places !== null)
    return (
      <Panel title="Copy" meta={`${counted(places.length, "record")} of ${topic}`} className="max-w-[720px]">
        <ul className="flex max-h-[200px] flex-col overflow-y-auto">
          {places.map(({ partition, offset }) => (
            <li key={`${partition}:${offset}`}>
              <Link look="text" href={messages + queryString({ at: `${partition}:${offset}` })}>
                Partition {partition}, offset <Int value={offset} plainZero />
              </Link>
            </li>
          ))}
        </ul>
      </Panel>
    );
  return (
    <Panel
      title="Copy"
      meta={isSearch(state) ? "every record that matches" : "every record"}
      actions={
        <Link look="text" href={messages + queryString(search)}>
          Change the search
        </Link>
      }
      className="max-w-[720px]"
    >
      <FactList
        of={sourceFacts(state).map(({ label, value }) => ({
          label,
          value: <span className="font-mono text-12">{value}</span>,
        }))}
      />
    </Panel>
  );
}
