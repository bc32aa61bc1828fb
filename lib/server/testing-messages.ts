import {
  exportMessages as exportEndpoint,
  type MessageLine,
  readClusterMessages,
  searchMessages,
} from "../api/messages.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { exportMessages } from "../kafka/export.ts";
import { readMessageLines } from "../kafka/messages.ts";
import { topicNames } from "../kafka/ranges.ts";
import { route } from "./route.ts";
import type { state } from "./state.ts";

const KEY = Symbol.for("kafdeck.state");
const holder = globalThis as { [KEY]?: ReturnType<typeof state> };

/** Lets routes of this process find these clusters. Call what it gives at the end. */
export function openState(all: Cluster[]): () => void {
  holder[KEY] = {
    configuration: {
      clusters: all.map(({ settings }) => settings),
      readOnly: false,
      readOnlyReason: null,
      notices: [],
      auditFile: null,
      source: "the test",
    },
    clusters: new Map(all.map((one) => [one.name, one])),
    startedAt: Date.now(),
    stopping: false,
  } as unknown as ReturnType<typeof state>;
  return () => {
    delete holder[KEY];
  };
}

// The same as the handlers under app/api, whose files only Next can load.
export const read = route(readClusterMessages, ({ cluster, query, signal }) =>
  readMessageLines(cluster, topicNames(query.topics), query, signal),
);
const search = route(searchMessages, ({ cluster, body: { topics, ...query }, signal }) =>
  readMessageLines(cluster, topicNames(topics), query, signal),
);
export const download = route(exportEndpoint, ({ cluster, query, signal }) => exportMessages(cluster, query, signal));

type Handler = typeof read;
/** As a browser asks; `signal` ends the request. */
export const get = (handler: Handler, query: Record<string, string>, cluster = "fast", signal?: AbortSignal) => {
  const address = `http://127.0.0.1/api/clusters/${cluster}/messages?${new URLSearchParams(query)}`;
  return handler(new Request(address, signal ? { signal } : {}), { params: Promise.resolve({ cluster }) });
};
/** The same as a body, of the first cluster. */
export const post = (body: unknown) =>
  search(
    new Request("http://127.0.0.1/api/clusters/fast/messages/search", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
    { params: Promise.resolve({ cluster: "fast" }) },
  );

export const linesOf = async (response: Response): Promise<MessageLine[]> =>
  (await response.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as MessageLine);
