import { planOffsets } from "@/lib/api/group-offsets";
import * as plan from "@/lib/kafka/offsets-plan";
import { historyOf } from "@/lib/server/history";
import { route } from "@/lib/server/route";

export const POST = route(planOffsets, ({ cluster, params, body, signal }) => {
  const readRate = historyOf(cluster).trends.group(params.group)?.verdict.read ?? null;
  return plan.planOffsets(cluster, params.group, body, readRate, signal);
});
