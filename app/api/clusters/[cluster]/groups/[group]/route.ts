import { getGroup } from "@/lib/api/groups";
import { readGroup } from "@/lib/kafka/group";
import { historyOf } from "@/lib/server/history";
import { route } from "@/lib/server/route";

export const GET = route(getGroup, ({ cluster, params, signal }) =>
  readGroup(cluster, params.group, historyOf(cluster).trends, signal),
);
