import { readClusterMessages } from "@/lib/api/messages";
import { readMessageLines } from "@/lib/kafka/messages";
import { topicNames } from "@/lib/kafka/ranges";
import { route } from "@/lib/server/route";

export const GET = route(readClusterMessages, ({ cluster, query, signal }) =>
  readMessageLines(cluster, topicNames(query.topics), query, signal),
);
