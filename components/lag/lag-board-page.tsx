"use client";
import { useQuery } from "@tanstack/react-query";
import { askedRange, chosenSpan, lastRange, rangeUrl, rangeWords } from "@/components/ui/chart/range";
import { RangePicker } from "@/components/ui/chart/range-picker";
import { EmptyState } from "@/components/ui/empty-state";
import { HistoryBanner } from "@/components/ui/history-banner";
import { Link } from "@/components/ui/link";
import { Loaded } from "@/components/ui/loaded";
import { Page } from "@/components/ui/page";
import { Segmented } from "@/components/ui/segmented";
import { useUrlState } from "@/components/ui/use-url-state";
import type { LagBoard } from "@/lib/api/lag";
import { url } from "@/lib/api/url";
import { problemOfError } from "@/lib/client/call";
import { lagBoardQuery } from "@/lib/client/lag";
import { useRefresh } from "@/lib/client/refresh";
import { counted, duration } from "@/lib/format";
import { BoardCharts } from "./board-charts";
import { BoardTable } from "./board-table";

/** What the address says: over which time, what counts as worst, how the table is sorted (empty: as the board ranks). */
const boardUrl = { ...rangeUrl, by: "lag", sort: "" };
const listed = "50";

const measures = [
  { value: "lag", label: "By lag" },
  { value: "timeLag", label: "By time lag" },
] as const;

/** Which groups were worst, and when? */
export function LagBoardPage({ cluster }: { cluster: string }) {
  const [state, set] = useUrlState(boardUrl);
  const by = state.by === "timeLag" ? "timeLag" : "lag";
  const isLive = chosenSpan(state) === null;
  const query = useQuery({
    ...lagBoardQuery(cluster, { ...askedRange(state), by, limit: listed }),
    ...useRefresh(),
    // What is past does not change.
    ...(isLive ? {} : { refetchInterval: false, staleTime: Number.POSITIVE_INFINITY }),
  });
  const { data, error } = query;
  const isOff = data?.history.source === "off" || (error !== null && problemOfError(error).code === "history-off");
  const groups = (
    <Link href={url`/clusters/${cluster}/groups`} look="button">
      Consumer groups
    </Link>
  );
  return (
    <Page title="Lag board" meta={data && !isOff && counted(data.total, "group")}>
      <Loaded query={query} actions={groups}>
        {(board) => <HistoryBanner of={board.history} />}
      </Loaded>
      {!isOff && (
        <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2">
          <RangePicker url={state} onChange={set} />
          <span className="ms-auto">
            <Segmented
              label="What counts as worst"
              value={by}
              options={[...measures]}
              onChange={(next) => set({ by: next, sort: "" }, "push")}
            />
          </span>
        </div>
      )}
      {data && !isOff && data.items.length > 0 && (
        <>
          <BoardCharts board={data} by={by} faded={query.isPlaceholderData} onZoom={(span) => set(span, "push")} />
          <BoardTable
            cluster={cluster}
            board={data}
            by={by}
            range={isLive ? rangeWords[lastRange(state)] : "this time"}
            sort={state.sort}
            onSort={(sort) => set({ sort }, "push")}
          />
          <p className="shrink-0 text-12 text-muted">{footWords(data)}</p>
        </>
      )}
      {data && isOff && (
        <EmptyState
          title="There is nothing to rank"
          actions={
            <Link href={`${url`/clusters/${cluster}/groups`}?sort=-lag`} look="button">
              Groups by their lag now
            </Link>
          }
        >
          The board is drawn from the history of lag. The list of consumer groups has the lag of this moment.
        </EmptyState>
      )}
      {data && !isOff && data.items.length === 0 && (
        <EmptyState title="No group was sampled in this time" actions={groups}>
          {data.history.sampleEveryMs === null
            ? "Another time may have samples."
            : `A sample of every group is taken every ${every(data.history.sampleEveryMs)}.`}
        </EmptyState>
      )}
    </Page>
  );
}

const every = (milliseconds: number): string => duration(milliseconds).replace(".0", "");

/** What is shown of how many, and how it came about. */
function footWords({ items, total, history }: LagBoard): string {
  const shown =
    items.length < total
      ? `The worst ${items.length} of ${counted(total, "group")}.`
      : `All ${counted(total, "group")}.`;
  return history.sampleEveryMs === null ? shown : `${shown} Sampled every ${every(history.sampleEveryMs)}.`;
}
