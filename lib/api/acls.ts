import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { listOf, topicParams } from "./lists.ts";

export const aclEntry = z.object({
  principal: z.string(),
  host: z.string(),
  operation: z.string(),
  permission: z.enum(["allow", "deny"]),
  resourceName: z.string(),
  pattern: z.enum(["literal", "prefixed"]),
});
export type AclEntry = z.infer<typeof aclEntry>;
export const aclList = listOf(aclEntry);
export type AclList = z.infer<typeof aclList>;

export const listTopicAcls = endpoint("GET", "/api/clusters/{cluster}/topics/{topic}/acls", {
  permission: "topics.read",
  summary: "The ACLs that match a topic, as far as this user may describe them",
  params: topicParams,
  response: aclList,
});
