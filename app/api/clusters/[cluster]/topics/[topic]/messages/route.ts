import { readMessages } from "@/lib/api/messages";
import { readMessageLines } from "@/lib/kafka/messages";
import { route } from "@/lib/server/route";

export const GET = route(readMessages, ({ cluster, params, query, signal }) =>
  readMessageLines(cluster, [params.topic], query, signal),
);
