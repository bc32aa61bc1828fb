import * as api from "@/lib/api/messages";
import { exportMessages } from "@/lib/kafka/export";
import { route } from "@/lib/server/route";

export const GET = route(api.exportMessages, ({ cluster, query, signal }) => exportMessages(cluster, query, signal));
