import { getDoctor } from "@/lib/api/clusters";
import { examineCluster } from "@/lib/kafka/doctor";
import { route } from "@/lib/server/route";

export const GET = route(getDoctor, ({ cluster }) => examineCluster(cluster));
