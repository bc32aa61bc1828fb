import { listGroups } from "@/lib/api/groups";
import * as groups from "@/lib/kafka/groups";
import { historyOf } from "@/lib/server/history";
import { route } from "@/lib/server/route";

export const GET = route(listGroups, ({ cluster, query, signal }) =>
  groups.listGroups(cluster, query, historyOf(cluster).trends, signal),
);
