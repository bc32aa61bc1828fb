import { deleteOffsets, setOffsets } from "@/lib/api/group-offsets";
import * as deletion from "@/lib/kafka/delete-offsets";
import * as offsets from "@/lib/kafka/set-offsets";
import { route } from "@/lib/server/route";
import { keepUndo, undoable } from "@/lib/server/undos";

export const POST = route(setOffsets, async ({ cluster, params, body, signal, tell }) => {
  const result = await offsets.setOffsets(cluster, params.group, body, signal);
  keepUndo(cluster.name, params.group, undoable("set-offsets", result), tell);
  return result;
});

export const DELETE = route(deleteOffsets, async ({ cluster, params, query, body, signal, tell }) => {
  const result = await deletion.deleteOffsets(cluster, params.group, query.topic, body, signal);
  tell({ topic: query.topic });
  keepUndo(cluster.name, params.group, undoable("delete-offsets", result), tell);
  return result;
});
