import { alterTopicConfigs, listTopicConfigs } from "@/lib/api/configs";
import * as configs from "@/lib/kafka/configs";
import { route } from "@/lib/server/route";

export const GET = route(listTopicConfigs, ({ cluster, params, signal }) =>
  configs.listTopicConfigs(cluster, params.topic, signal),
);
export const PATCH = route(alterTopicConfigs, ({ cluster, params, body, signal }) =>
  configs.alterTopicConfigs(cluster, params.topic, body, signal),
);
