"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { useUrlState } from "@/components/ui/use-url-state";
import { Warnings } from "@/components/ui/warnings";
import { problemOfError } from "@/lib/client/call";
import { type MessagePage, type MessagesChoice, messagesQuery } from "@/lib/client/messages";
import { usePreferences } from "@/lib/client/preferences";
import { useRefresh } from "@/lib/client/refresh";
import { MessagePhoneRow, messageColumns, onlyDay, placeOf, zoneLabel } from "./message-columns";
import { MessageFoot } from "./message-foot";
import { MessageToolbar } from "./message-toolbar";
import { RecordPanel } from "./record-panel";

const defaults = { from: "newest", partition: "", isolation: "read_committed", at: "" };
/** What a view may hold; beyond it, reading goes on from an offset. */
const MOST_CHARS = 64 << 20;

/** The records of a topic: a table page after page, and the record that is opened. */
export function MessagesTab({ cluster, topic }: { cluster: string; topic: string }) {
  const [{ at, from, partition, isolation }, setUrl] = useUrlState(defaults);
  const { zone } = usePreferences();
  const refresh = useRefresh();
  const query = useInfiniteQuery({
    ...messagesQuery(cluster, topic, { from, partition, isolation }),
    // Only the first page of the newest records renews itself, and not below a record that is being read.
    refetchInterval: ({ state }) =>
      from === "newest" && at === "" && state.data?.pages.length === 1 ? refresh.refetchInterval : false,
  });
  const pages = query.data?.pages ?? [];
  const messages = useMemo(() => query.data?.pages.flatMap((page) => page.messages) ?? null, [query.data]);
  const columns = useMemo(() => messageColumns(messages ?? [], zone), [messages, zone]);
  const day = useMemo(() => onlyDay(messages ?? [], zone), [messages, zone]);
  const partitions = pages[0]?.start.partitions ?? [];
  const place = messages?.findIndex((message) => placeOf(message) === at) ?? -1;
  const open = (index: number) => {
    const message = messages?.[index];
    return message ? () => setUrl({ at: placeOf(message) }) : null;
  };
  const change = (choice: Partial<MessagesChoice>) => setUrl({ ...choice, at: "" }, "push");
  return (
    <>
      <MessageToolbar choice={{ from, partition, isolation }} partitions={partitions} onChange={change} />
      {query.error !== null && (
        <ProblemPanel
          problem={problemOfError(query.error)}
          onRetry={() => query.refetch()}
          actions={
            from === "newest" ? null : <Button onClick={() => change({ from: "newest" })}>Read the newest</Button>
          }
        />
      )}
      <Warnings of={pages.at(-1)?.warnings ?? []} />
      <div
        className={`relative -mx-page -mb-3 flex min-h-0 flex-1 max-md:-mb-2.5 ${messages?.length === 0 || query.error !== null ? "" : "border-t border-border"}`}
      >
        <div className="flex min-h-0 min-w-0 flex-1 flex-col px-page">
          <DataTable
            label={`Records of ${topic}`}
            rows={query.error !== null && messages === null ? [] : messages}
            columns={columns}
            rowKey={placeOf}
            fill
            current={at || null}
            onOpen={(message) => setUrl({ at: placeOf(message) }, at === "" ? "push" : "replace")}
            phone={(message) => <MessagePhoneRow of={message} day={day !== null} />}
            empty={query.error !== null ? <span /> : <NoRecords from={from} />}
          />
          <More query={query} pages={pages} />
        </div>
        {at !== "" && (
          <RecordPanel
            cluster={cluster}
            topic={topic}
            place={at}
            listed={messages?.[place] ?? null}
            onStep={{ previous: place > 0 ? open(place - 1) : null, next: place >= 0 ? open(place + 1) : null }}
            onClose={() => setUrl({ at: "" })}
          />
        )}
      </div>
      <MessageFoot pages={pages} day={`${day ?? "times"}, ${zoneLabel(zone)}`} />
    </>
  );
}

function NoRecords({ from }: { from: string }) {
  if (from.startsWith("offset:"))
    return <EmptyState title="No records from there on">Nothing was written at or after this offset yet.</EmptyState>;
  return (
    <EmptyState title="No records">
      The partitions chosen hold none: nothing was written yet, or retention has deleted it. Open transactions and their
      records are shown by “Read uncommitted”.
    </EmptyState>
  );
}

/** What the next page is; after the end there may be what is written since, or what could not be asked. */
const nextWords = {
  older: { more: "Show older records", end: "Ask the missing partitions again" },
  newer: { more: "Show the next records", end: "Look for newer records" },
} as const;

type Asking = { isFetchingNextPage: boolean; fetchNextPage: () => unknown };

/** The way to the next page, below the table; the end says that it is one. */
function More({ query, pages }: { query: Asking; pages: MessagePage[] }) {
  const last = pages.at(-1);
  if (!last) return null;
  const older = last.start.direction === "older";
  const chars = pages.reduce(
    (sum, page) =>
      sum +
      page.messages.reduce((each, { value, key }) => each + (value?.text.length ?? 0) + (key?.text.length ?? 0), 0),
    0,
  );
  const isFull = chars > MOST_CHARS;
  return (
    <div className="-mx-page flex min-h-10 shrink-0 items-center gap-3 border-t border-border px-page text-12 text-muted">
      {last.end.cursor === null ? (
        <span>The log begins here: there is nothing older.</span>
      ) : (
        <Button
          busy={query.isFetchingNextPage}
          disabled={isFull ? "This view is full. Read on from an offset." : false}
          onClick={() => query.fetchNextPage()}
        >
          {nextWords[last.start.direction][last.end.reason === "end" ? "end" : "more"]}
        </Button>
      )}
      {last.end.reason === "budget" && (
        <span>This page ended early: there was more to look through than one page may take.</span>
      )}
      {!older && last.end.reason === "end" && <span>The end of the log was reached.</span>}
    </div>
  );
}
