import { searchMessages } from "@/lib/api/messages";
import { readMessageLines } from "@/lib/kafka/messages";
import { topicNames } from "@/lib/kafka/ranges";
import { route } from "@/lib/server/route";

export const POST = route(searchMessages, ({ cluster, body, signal }) =>
  readMessageLines(cluster, topicNames(body.topics), body, signal),
);
