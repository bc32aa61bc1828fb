import { listTopicAcls } from "@/lib/api/acls";
import * as acls from "@/lib/kafka/acls";
import { route } from "@/lib/server/route";

export const GET = route(listTopicAcls, ({ cluster, params }) => acls.listTopicAcls(cluster, params.topic));
