import { getGroupLag } from "@/lib/api/lag";
import { readGroupLag } from "@/lib/server/lag";
import { route } from "@/lib/server/route";

export const GET = route(getGroupLag, ({ cluster, params, query, signal }) =>
  readGroupLag(cluster, params.group, query, signal),
);
