import { listUndos } from "@/lib/api/group-offsets";
import { route } from "@/lib/server/route";
import { readUndos } from "@/lib/server/undos";

export const GET = route(listUndos, ({ cluster, params }) => readUndos(cluster.name, params.group));
