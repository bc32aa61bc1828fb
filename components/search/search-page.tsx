"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { DataTable } from "@/components/ui/data-table";
import { Page } from "@/components/ui/page";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { useUrlState } from "@/components/ui/use-url-state";
import { Warnings } from "@/components/ui/warnings";
import { queryString, url } from "@/lib/api/url";
import { problemOfError } from "@/lib/client/call";
import { useMessageStream } from "@/lib/client/message-stream";
import { usePreferences } from "@/lib/client/preferences";
import { useHoldRefresh } from "@/lib/client/refresh";
import { topicsQuery } from "@/lib/client/topics";
import { HopPhoneRow, hopColumns, onlyDay } from "./hop-columns";
import { type Hop, hitsByTopic, hopKey, hopsOf } from "./hops";
import { SearchEmpty, SearchIntroduction, TooManyTopics } from "./search-empty";
import { SearchForm } from "./search-form";
import { SearchLine, SearchSays } from "./search-says";
import { askOf, searchUrl, topicsOf } from "./search-url";
import { TopicHits } from "./topic-hits";

/** Where did this key or text go? One search over many topics, shown as one way through time. */
export function SearchPage({ cluster }: { cluster: string }) {
  const [state, set] = useUrlState(searchUrl);
  const { zone } = usePreferences();
  const listed = useQuery(topicsQuery(cluster, "names"));
  const topics = usePinnedTopics(state, listed.data?.items ?? null);
  const ask = topics === null ? null : askOf(cluster, state, topics);
  const [found, stream] = useMessageStream(ask);
  useHoldRefresh(found.phase === "running" || found.phase === "waiting" ? "searching" : null);
  const hops = useMemo(() => hopsOf(found.messages), [found.messages]);
  const shown = useMemo(
    () => (state.only === "" ? hops : hops.filter(({ message }) => message.topic === state.only)),
    [hops, state.only],
  );
  const columns = useMemo(() => hopColumns(shown, zone, state), [shown, zone, state]);
  const day = useMemo(() => onlyDay(shown, zone), [shown, zone]);
  const troubles = useMemo(
    () => [...(found.start?.partitions.flatMap(({ problem }) => problem ?? []) ?? []), ...(found.end?.warnings ?? [])],
    [found.start, found.end],
  );
  const isAsked = ask !== null && found.phase !== "idle";
  const isWhole = found.end?.reason === "end";
  return (
    <Page title="Follow a key" fill meta="over all topics, ordered by time">
      <SearchForm
        state={state}
        topics={listed.data?.items ?? null}
        chosen={topics}
        running={found.phase === "running" || found.phase === "waiting"}
        onChange={set}
        onStop={stream.stop}
        onAgain={() => ask && stream.start(ask)}
      />
      {listed.error !== null && (
        <ProblemPanel problem={problemOfError(listed.error)} onRetry={() => listed.refetch()} />
      )}
      {isAsked && <SearchSays state={found} url={state} onChange={set} onProceed={stream.proceed} />}
      {found.problem && <ProblemPanel problem={found.problem} />}
      <Warnings of={troubles} />
      {isAsked && (
        <TopicHits
          of={hitsByTopic(hops)}
          searched={topics?.length ?? 0}
          whole={isWhole}
          only={state.only}
          onChange={set}
        />
      )}
      {isAsked && <SearchLine state={found} />}
      {state.q === "" ? (
        <SearchIntroduction />
      ) : topics !== null && ask === null ? (
        <TooManyTopics count={topics.length} />
      ) : (
        found.problem === null && (
          <DataTable
            label={`Records that hold ${state.q}`}
            rows={shown.length === 0 && found.phase !== "ended" && found.phase !== "stopped" ? null : shown}
            columns={columns}
            rowKey={hopKey}
            href={(hop) => recordHref(cluster, hop)}
            phone={(hop) => <HopPhoneRow hop={hop} day={day !== null} />}
            fill
            empty={<SearchEmpty state={state} whole={isWhole} onChange={set} />}
          />
        )
      )}
    </Page>
  );
}

const recordHref = (cluster: string, { message: { topic, partition, offset } }: Hop): string =>
  url`/clusters/${cluster}/topics/${topic}/messages` + queryString({ at: `${partition}:${offset}` });

/**
 * The topics of the search in the address, as they were when it was asked: a topic that is created meanwhile starts nothing anew.
 * Null until they are known.
 */
function usePinnedTopics(
  state: typeof searchUrl,
  all: Parameters<typeof topicsOf>[1] | null,
): readonly string[] | null {
  const { only: _, ...asked } = state;
  const said = JSON.stringify(asked);
  const [pinned, setPinned] = useState<{ said: string; topics: string[] } | null>(null);
  if (pinned?.said === said) return pinned.topics;
  if (all === null) return null;
  const topics = topicsOf(state, all);
  setPinned({ said, topics });
  return topics;
}
