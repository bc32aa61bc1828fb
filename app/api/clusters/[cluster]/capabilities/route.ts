import { getCapabilities } from "@/lib/api/clusters";
import { readCapabilities } from "@/lib/kafka/capabilities";
import { route } from "@/lib/server/route";

export const GET = route(getCapabilities, ({ cluster, signal }) => readCapabilities(cluster, signal));
