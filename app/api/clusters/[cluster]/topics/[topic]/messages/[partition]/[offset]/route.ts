import { getMessage } from "@/lib/api/messages";
import { readMessage } from "@/lib/kafka/messages";
import { route } from "@/lib/server/route";

export const GET = route(getMessage, ({ cluster, params, signal }) =>
  readMessage(cluster, params.topic, Number(params.partition), BigInt(params.offset), signal),
);
