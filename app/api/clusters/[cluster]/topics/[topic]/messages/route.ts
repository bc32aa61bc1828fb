import * as api from "@/lib/api/messages";
import { readMessages } from "@/lib/kafka/messages";
import { route } from "@/lib/server/route";

export const GET = route(api.readMessages, ({ cluster, params, query, signal }) =>
  readMessages(cluster, params.topic, query, signal),
);
