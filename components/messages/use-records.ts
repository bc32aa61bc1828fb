"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Message } from "@/lib/api/messages";
import { useMessageStream } from "@/lib/client/message-stream";
import { messagesQuery } from "@/lib/client/messages";
import { useHoldRefresh, useRefresh } from "@/lib/client/refresh";
import type { StreamAsk } from "@/lib/client/stream-totals";
import type { Zone } from "@/lib/format";
import { LIVE_ROWS } from "./live-line";
import { kindOf, type MessageUrl, pageQuery, streamQuery } from "./message-url";
import { createTableFacts } from "./table-facts";
import { createTimeOrder } from "./table-order";

/** The records of the table, wherever they come from: `rows` null is waiting for the first ones. */
export function useRecords(cluster: string, topic: string, url: MessageUrl, zone: Zone) {
  const kind = kindOf(url);
  const refresh = useRefresh();
  const ask: StreamAsk | null =
    kind === "page"
      ? null
      : { cluster, topics: [topic], query: streamQuery(url), ...(kind === "live" ? { keep: LIVE_ROWS } : {}) };
  const [stream, control] = useMessageStream(ask);
  // Idle with a question is the moment before it is asked, and what a page is made of on the server.
  const isRunning = kind !== "page" && ["idle", "waiting", "running"].includes(stream.phase);
  useHoldRefresh(isRunning && kind === "search" ? "searching" : null);
  const query = useInfiniteQuery({
    ...messagesQuery(cluster, topic, pageQuery(url)),
    enabled: kind === "page",
    // Only the first page of the newest records renews itself, and not below a record that is being read.
    refetchInterval: ({ state }) =>
      kind === "page" && url.from === "newest" && url.at === "" && state.data?.pages.length === 1
        ? refresh.refetchInterval
        : false,
  });
  const [order] = useState(createTimeOrder);
  const [facts] = useState(createTableFacts);
  const { messages, start } = stream;
  const rows = useMemo<readonly Message[] | null>(() => {
    if (kind === "page") return query.data?.pages.flatMap((page) => page.messages) ?? null;
    if (kind === "live") return [...messages].reverse();
    return order(messages, start?.direction !== "newer");
  }, [kind, query.data, messages, start, order]);
  const arrived = kind === "page" ? (rows ?? []) : messages;
  return {
    kind,
    query,
    pages: kind === "page" ? (query.data?.pages ?? []) : [],
    stream,
    control,
    /** Asks the same again from its beginning. */
    again: () => {
      if (ask) control.start(ask);
      else void query.refetch();
    },
    isRunning,
    rows: rows?.length === 0 && isRunning && start === null ? null : rows,
    facts: useMemo(() => facts(arrived, zone), [facts, arrived, zone]),
  };
}
