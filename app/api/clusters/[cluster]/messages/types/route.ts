import * as api from "@/lib/api/messages";
import { listMessageTypes } from "@/lib/kafka/message-types";
import { route } from "@/lib/server/route";

export const GET = route(api.listMessageTypes, ({ cluster }) => listMessageTypes(cluster));
