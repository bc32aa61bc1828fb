import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { headers } from "next/headers";
import type { ReactNode } from "react";

/** No page waits longer for its rows: what is not there by then the browser asks for itself. */
const PATIENCE_MS = 400;
/** Answers that are longer, as JSON, make the page later than asking for them would. */
const MOST_CHARS = 1_500_000;

/**
 * Puts answers into the first HTML of a page, so that its rows are there before its scripts are. `ask` prefetches what the page is
 * about to ask, by the same queries; what fails or is late is left to the browser, which asks and says why. Not on a phone, whose
 * rows have another shape that only the browser knows of, nor where the browser goes from page to page by itself.
 */
export async function FirstAnswers({
  ask,
  children,
}: {
  ask: (client: QueryClient) => Promise<unknown>;
  children: ReactNode;
}) {
  if (!isWide(await headers())) return children;
  const client = new QueryClient();
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE_MS);
  await Promise.race([ask(client), late]);
  clearTimeout(timer);
  const state = dehydrate(client);
  if (JSON.stringify(state).length > MOST_CHARS) return children;
  return <HydrationBoundary state={state}>{children}</HydrationBoundary>;
}

/** Whether the whole page is asked for, by a browser that does not say it is on a phone. */
function isWide(asked: Headers): boolean {
  const isPage = asked.get("accept")?.includes("text/html") === true;
  return isPage && asked.get("sec-ch-ua-mobile") !== "?1" && !/\bMobi/.test(asked.get("user-agent") ?? "");
}
