import { readMessages } from "@/lib/api/messages";
import * as write from "@/lib/api/produce";
import { readMessageLines } from "@/lib/kafka/messages";
import { produceMessages, whatWasWritten } from "@/lib/kafka/produce";
import { route } from "@/lib/server/route";

export const GET = route(readMessages, ({ cluster, params, query, signal }) =>
  readMessageLines(cluster, [params.topic], query, signal),
);

export const POST = route(write.produceMessages, async ({ cluster, params, body, signal, tell }) => {
  const result = await produceMessages(cluster, params.topic, body, signal);
  tell(...whatWasWritten(result));
  return result;
});
