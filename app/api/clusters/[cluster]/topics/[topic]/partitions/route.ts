import { addPartitions, listPartitions } from "@/lib/api/topics";
import * as partitions from "@/lib/kafka/partitions";
import { route } from "@/lib/server/route";

export const GET = route(listPartitions, ({ cluster, params, signal }) =>
  partitions.listPartitions(cluster, params.topic, signal),
);
export const POST = route(addPartitions, ({ cluster, params, body, signal }) =>
  partitions.addPartitions(cluster, params.topic, body, signal),
);
