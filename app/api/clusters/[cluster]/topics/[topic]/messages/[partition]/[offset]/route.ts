import { getMessage } from "@/lib/api/messages";
import { readMessage, recordPlace } from "@/lib/kafka/message";

import { route } from "@/lib/server/route";

export const GET = route(getMessage, ({ cluster, params, query, signal }) =>
  readMessage(cluster, recordPlace(params), query, signal),
);
