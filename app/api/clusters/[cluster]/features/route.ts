import { updateFeature } from "@/lib/api/clusters";
import * as features from "@/lib/kafka/features";
import { route } from "@/lib/server/route";

export const PATCH = route(updateFeature, ({ cluster, body, signal }) => features.updateFeature(cluster, body, signal));
