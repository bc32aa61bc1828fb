import { listTopicConfigDefaults } from "@/lib/api/configs";
import * as configs from "@/lib/kafka/configs";
import { route } from "@/lib/server/route";

export const GET = route(listTopicConfigDefaults, ({ cluster, signal }) =>
  configs.listTopicConfigDefaults(cluster, signal),
);
