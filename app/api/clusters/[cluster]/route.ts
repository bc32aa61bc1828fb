import { getCluster } from "@/lib/api/clusters";
import { readOverview } from "@/lib/kafka/clusters";
import { route } from "@/lib/server/route";

export const GET = route(getCluster, ({ cluster }) => readOverview(cluster));
