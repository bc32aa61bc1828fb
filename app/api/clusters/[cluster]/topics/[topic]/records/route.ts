import { deleteRecords } from "@/lib/api/records";
import * as records from "@/lib/kafka/records";
import { route } from "@/lib/server/route";

export const DELETE = route(deleteRecords, ({ cluster, params, body, signal }) =>
  records.deleteRecords(cluster, params.topic, body, signal),
);
