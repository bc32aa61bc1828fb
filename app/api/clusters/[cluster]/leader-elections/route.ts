import { electLeaders } from "@/lib/api/clusters";
import * as elections from "@/lib/kafka/elections";
import { route } from "@/lib/server/route";

export const POST = route(electLeaders, ({ cluster, body, signal }) => elections.electLeaders(cluster, body, signal));
