import { listAlerts } from "@/lib/api/alerts";
import { readAlerts } from "@/lib/server/alerts";
import { route } from "@/lib/server/route";

export const GET = route(listAlerts, ({ cluster }) => readAlerts(cluster));
