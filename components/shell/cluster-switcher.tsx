"use client";
import { ChevronsUpDown, Lock } from "lucide-react";
import { useState } from "react";
import { ClusterMark } from "@/components/ui/cluster-mark";
import { Icon } from "@/components/ui/icon";
import { FilterInput } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { Popover } from "@/components/ui/popover";
import type { ClusterCard } from "@/lib/api/clusters";
import { clusterDot, clusterWords } from "./cluster-words";
import { clusterHref } from "./nav";
import { useShell } from "./shell-data";

const filterFrom = 6;

function Dot({ card }: { card: ClusterCard | null }) {
  return <span aria-hidden className={`size-[7px] shrink-0 rounded-full ${clusterDot[card?.state ?? "unknown"]}`} />;
}

/** Name, state in words, label and read-only of one cluster. */
function Words({ card }: { card: ClusterCard }) {
  return (
    <span className="min-w-0 flex-1">
      <b className="block truncate">{card.name}</b>
      <span className="flex min-w-0 items-center gap-1 text-11 leading-[15px] text-muted">
        {card.readOnly && <Icon of={Lock} size={11} />}
        <span className="truncate">{card.readOnly ? `Read-only, ${clusterWords(card)}` : clusterWords(card)}</span>
      </span>
      {card.label && (
        <span className="flex pt-0.5 pb-px">
          <ClusterMark mark={card} />
        </span>
      )}
    </span>
  );
}

function ClusterList({ close }: { close: () => void }) {
  const { clusters, cluster, place } = useShell();
  const [filter, setFilter] = useState("");
  const words = filter.toLowerCase();
  const shown = clusters.filter((card) => `${card.name} ${card.label ?? ""}`.toLowerCase().includes(words));
  // Another cluster's topics stay topics; a name there means something else.
  const noun = place.cluster === null ? "" : place.noun;
  return (
    <div className="flex flex-col gap-2">
      {clusters.length >= filterFrom && (
        <FilterInput value={filter} onChange={setFilter} placeholder="Filter clusters" />
      )}
      <ul className="max-h-[50vh] overflow-y-auto">
        {shown.map((card) => (
          <li key={card.name}>
            <Link
              href={clusterHref(card.name, noun)}
              onClick={close}
              aria-current={card.name === cluster ? "true" : undefined}
              className="flex min-h-10 items-center gap-2 rounded-control px-2 py-1 leading-[17px] hover:bg-hover aria-[current]:bg-selected"
            >
              <Dot card={card} />
              <Words card={card} />
            </Link>
          </li>
        ))}
      </ul>
      <Link href="/clusters" onClick={close} look="text" className="px-2">
        All clusters
      </Link>
    </div>
  );
}

/** The cluster in sight and the way to the others. */
export function ClusterSwitcher({ folded = "" }: { folded?: string }) {
  const { card, cluster } = useShell();
  return (
    <div className="mb-3">
      <Popover
        label="Switch cluster"
        align="start"
        width={300}
        button={(opener) => (
          <button
            type="button"
            {...opener}
            title={cluster ?? "Choose a cluster"}
            className="flex min-h-10 w-full items-center gap-2 rounded-panel border border-border bg-surface px-2 py-1 text-start leading-[17px] hover:border-border-strong max-lg:justify-center group-data-folded/frame:justify-center"
          >
            <span className="sr-only">Switch cluster</span>
            <Dot card={card} />
            <span className={`flex min-w-0 flex-1 items-center gap-1 ${folded}`}>
              {card ? (
                <Words card={card} />
              ) : (
                <span className="min-w-0 flex-1 truncate font-strong">{cluster ?? "Choose a cluster"}</span>
              )}
              <Icon of={ChevronsUpDown} />
            </span>
          </button>
        )}
      >
        {(close) => <ClusterList close={close} />}
      </Popover>
    </div>
  );
}
