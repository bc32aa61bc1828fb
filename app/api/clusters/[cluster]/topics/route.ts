import { createTopic, listTopics } from "@/lib/api/topics";
import * as creation from "@/lib/kafka/create-topic";
import * as topics from "@/lib/kafka/topics";
import { route } from "@/lib/server/route";

export const GET = route(listTopics, ({ cluster, query, signal }) => topics.listTopics(cluster, query, signal));
export const POST = route(createTopic, ({ cluster, body, signal }) => creation.createTopic(cluster, body, signal));
