import { listClusters } from "@/lib/api/clusters";
import { listCards } from "@/lib/kafka/clusters";
import { route } from "@/lib/server/route";
import { state } from "@/lib/server/state";

export const GET = route(listClusters, async () => ({
  items: await listCards(state().clusters.values()),
  notices: state().configuration.notices,
  warnings: [],
}));
