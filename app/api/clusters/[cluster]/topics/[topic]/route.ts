import { deleteTopic, getTopic } from "@/lib/api/topics";
import * as topic from "@/lib/kafka/topic";
import { route } from "@/lib/server/route";

export const GET = route(getTopic, ({ cluster, params, signal }) => topic.readTopic(cluster, params.topic, signal));
export const DELETE = route(deleteTopic, ({ cluster, params, body, signal }) =>
  topic.deleteTopic(cluster, params.topic, body, signal),
);
