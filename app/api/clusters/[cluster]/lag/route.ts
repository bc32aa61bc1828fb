import { getLagBoard } from "@/lib/api/lag";
import { readLagBoard } from "@/lib/server/lag";
import { route } from "@/lib/server/route";

export const GET = route(getLagBoard, ({ cluster, query, signal }) => readLagBoard(cluster, query, signal));
