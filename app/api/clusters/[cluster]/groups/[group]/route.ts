import { deleteGroup } from "@/lib/api/group-offsets";
import { getGroup } from "@/lib/api/groups";
import * as deletion from "@/lib/kafka/delete-group";
import { readGroup } from "@/lib/kafka/group";
import { historyOf } from "@/lib/server/history";
import { route } from "@/lib/server/route";
import { keepUndo } from "@/lib/server/undos";

export const GET = route(getGroup, ({ cluster, params, signal }) =>
  readGroup(cluster, params.group, historyOf(cluster).trends, signal),
);

export const DELETE = route(deleteGroup, async ({ cluster, params, body, signal, tell }) => {
  const result = await deletion.deleteGroup(cluster, params.group, body, signal);
  const { validateOnly, undo, partitions } = result;
  const change = {
    what: "delete-group",
    validateOnly,
    undo,
    set: partitions.length,
    failed: 0,
    problem: null,
  } as const;
  keepUndo(cluster.name, params.group, change, tell);
  return result;
});
