import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { headers } from "next/headers";
import type { ReactNode } from "react";

/** No page waits longer for its rows: what is not there by then the browser asks for itself. */
const PATIENCE_MS = 300;
/** After two pages of a kind that waited in vain, others do not wait: the cluster is slow, or too large for this. */
const REST_MS = 10_000;
/** Answers that are longer, as JSON, make the page later than asking for them would. */
const MOST_CHARS = 1_500_000;

type Ask = (client: QueryClient) => Promise<unknown>;

const late = new Map<string, { times: number; at: number }>();

/**
 * Puts answers into the first HTML of a page, so that its rows are there before its scripts are. `ask` prefetches what the page is
 * about to ask, by the same queries, and `first` less of it, for where that is not there in time; what fails or is late is left to
 * the browser, which asks and says why. `kind` names pages that take about equally long. Not on a phone, whose rows have another
 * shape that only the browser knows of, nor where the browser goes from page to page by itself.
 */
export async function FirstAnswers({
  kind,
  first,
  ask,
  children,
}: {
  kind: string;
  first?: Ask;
  ask: Ask;
  children: ReactNode;
}) {
  if (!isWide(await headers())) return children;
  const client = new QueryClient();
  const until = performance.now() + PATIENCE_MS;
  if (first) await askInTime(`${kind}, first`, client, first, until);
  await askInTime(kind, client, ask, until);
  const state = dehydrate(client);
  if (JSON.stringify(state).length > MOST_CHARS) return children;
  return <HydrationBoundary state={state}>{children}</HydrationBoundary>;
}

async function askInTime(kind: string, client: QueryClient, ask: Ask, until: number): Promise<void> {
  for (const [each, { at }] of late) if (Date.now() - at > REST_MS) late.delete(each);
  const times = late.get(kind)?.times ?? 0;
  if (times > 1) return;
  if (await within(until - performance.now(), ask(client))) late.delete(kind);
  else late.set(kind, { times: times + 1, at: Date.now() });
}

/** Whether it is done in time; it goes on where it is not. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, milliseconds, false);
  const done = await Promise.race([work.then(() => true), promise]);
  clearTimeout(timer);
  return done;
}

/** Whether the whole page is asked for, by a browser that does not say it is on a phone. */
function isWide(asked: Headers): boolean {
  const isPage = asked.get("accept")?.includes("text/html") === true;
  return isPage && asked.get("sec-ch-ua-mobile") !== "?1" && !/\bMobi/.test(asked.get("user-agent") ?? "");
}
