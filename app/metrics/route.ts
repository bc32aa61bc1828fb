import { getMetrics } from "@/lib/api/health";
import { readMetrics } from "@/lib/server/metrics";
import { route } from "@/lib/server/route";

export const GET = route(getMetrics, ({ authorization }) => readMetrics(authorization));
