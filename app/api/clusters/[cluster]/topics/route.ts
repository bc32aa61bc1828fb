import { listTopics } from "@/lib/api/topics";
import * as topics from "@/lib/kafka/topics";
import { route } from "@/lib/server/route";

export const GET = route(listTopics, ({ cluster, query, signal }) => topics.listTopics(cluster, query, signal));
