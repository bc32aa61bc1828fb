import { getMessageValue } from "@/lib/api/messages";
import { recordPlace } from "@/lib/kafka/message";
import { readPayloadFile } from "@/lib/kafka/payload-file";
import { route } from "@/lib/server/route";

export const GET = route(getMessageValue, ({ cluster, params, signal }) =>
  readPayloadFile(cluster, recordPlace(params), "value", signal),
);
