import { recreateTopic } from "@/lib/api/topics";
import * as recreation from "@/lib/kafka/recreate-topic";
import { route } from "@/lib/server/route";

export const POST = route(recreateTopic, ({ cluster, params, body, signal }) =>
  recreation.recreateTopic(cluster, params.topic, body, signal),
);
