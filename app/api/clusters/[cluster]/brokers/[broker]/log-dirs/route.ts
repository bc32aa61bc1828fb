import { listLogDirs } from "@/lib/api/brokers";
import * as brokers from "@/lib/kafka/brokers";
import { route } from "@/lib/server/route";

export const GET = route(listLogDirs, ({ cluster, params }) => brokers.listLogDirs(cluster, params.broker));
