import { alterBrokerLoggers, listBrokerLoggers } from "@/lib/api/configs";
import * as configs from "@/lib/kafka/configs";
import { route } from "@/lib/server/route";

export const GET = route(listBrokerLoggers, ({ cluster, params, signal }) =>
  configs.listBrokerLoggers(cluster, params.broker, signal),
);
export const PATCH = route(alterBrokerLoggers, ({ cluster, params, body, signal }) =>
  configs.alterBrokerLoggers(cluster, params.broker, body, signal),
);
