import { listTopicGroups } from "@/lib/api/groups";
import * as groups from "@/lib/kafka/groups";
import { historyOf } from "@/lib/server/history";
import { route } from "@/lib/server/route";

export const GET = route(listTopicGroups, ({ cluster, params, signal }) =>
  groups.listTopicGroups(cluster, params.topic, historyOf(cluster).trends, signal),
);
