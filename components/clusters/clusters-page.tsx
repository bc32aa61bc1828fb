"use client";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterInput } from "@/components/ui/input";
import { Loaded } from "@/components/ui/loaded";
import { Page } from "@/components/ui/page";
import { useUrlState } from "@/components/ui/use-url-state";
import type { ClusterCard } from "@/lib/api/clusters";
import { clustersQuery } from "@/lib/client/clusters";
import { useRefresh } from "@/lib/client/refresh";
import { counted } from "@/lib/format";
import { ClusterPanel } from "./cluster-panel";

const defaults = { q: "" };
/** With fewer than these a look is faster than a filter. */
const filterFrom = 6;

/** The worst first, then by name: what needs somebody is at the top. */
const severity = { down: 0, partial: 1, unknown: 2, up: 3 } as const satisfies Record<ClusterCard["state"], number>;

function standing(cards: ClusterCard[]): string {
  const up = cards.filter(({ state }) => state === "up").length;
  return up === cards.length ? counted(cards.length, "cluster") : `${up} of ${counted(cards.length, "cluster")} up`;
}

/** Which clusters do I have, and does each answer? */
export function ClustersPage() {
  const query = useQuery({ ...clustersQuery(), ...useRefresh() });
  const [{ q }, setState] = useUrlState(defaults);
  return (
    <Page title="Clusters" meta={query.data && query.data.items.length > 0 && standing(query.data.items)}>
      <Loaded query={query}>
        {({ items }) => (
          <>
            {items.length >= filterFrom && (
              <FilterInput value={q} onChange={(next) => setState({ q: next })} placeholder="Filter clusters" />
            )}
            {items.length === 0 ? <NoClusters /> : <Cards cards={items} filter={q} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Cards({ cards, filter }: { cards: ClusterCard[]; filter: string }) {
  const shown = cards
    .filter(({ name, label }) => `${name} ${label ?? ""}`.toLowerCase().includes(filter.toLowerCase()))
    .sort((a, b) => severity[a.state] - severity[b.state] || a.name.localeCompare(b.name, "en", { numeric: true }));
  if (shown.length === 0) return <p className="text-ink-2">No cluster matches {filter}.</p>;
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(min(340px,100%),1fr))] gap-3">
      {shown.map((card) => (
        <ClusterPanel key={card.name} card={card} />
      ))}
    </div>
  );
}

/** The process runs and knows no cluster. */
export function NoClusters() {
  return (
    <EmptyState title="No cluster is configured" command="KAFKA_BROKERS=kafka-1:9092,kafka-2:9092 npm start">
      Name the bootstrap servers of a cluster in KAFKA_BROKERS, or list your clusters in kafdeck.yaml, and start Kafdeck
      again. With neither, npm start brings a Kafka of its own to try things on.
    </EmptyState>
  );
}
