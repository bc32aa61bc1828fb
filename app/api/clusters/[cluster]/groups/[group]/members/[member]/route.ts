import { removeMember } from "@/lib/api/group-offsets";
import * as member from "@/lib/kafka/remove-member";
import { route } from "@/lib/server/route";

export const DELETE = route(removeMember, async ({ cluster, params, body, signal, tell }) => {
  const result = await member.removeMember(cluster, params.group, params.member, body, signal);
  tell({ clientId: result.clientId, host: result.host, partitions: result.partitions });
  return result;
});
