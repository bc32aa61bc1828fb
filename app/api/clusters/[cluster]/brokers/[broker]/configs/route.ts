import { alterBrokerConfigs, listBrokerConfigs } from "@/lib/api/configs";
import * as configs from "@/lib/kafka/configs";
import { route } from "@/lib/server/route";

export const GET = route(listBrokerConfigs, ({ cluster, params, signal }) =>
  configs.listBrokerConfigs(cluster, params.broker, signal),
);
export const PATCH = route(alterBrokerConfigs, ({ cluster, params, body, signal }) =>
  configs.alterBrokerConfigs(cluster, params.broker, body, signal),
);
