import * as api from "@/lib/api/produce";
import { copyMessages } from "@/lib/kafka/copy";
import { allowedCluster } from "@/lib/server/allowed";
import { route } from "@/lib/server/route";

export const POST = route(api.copyMessages, ({ cluster, params, body, signal, tell }) =>
  copyMessages(allowedCluster(body.from.cluster, "messages.read"), cluster, params.topic, body, signal, tell),
);
