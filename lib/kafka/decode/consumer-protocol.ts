import { field, int32s, listOf, type Schema, strings } from "./kafka-schema.ts";

const owned = listOf(field("topic", "string"), field("partitions", int32s));

/** What members of a group with the protocol type `consumer` say to each other. Later versions add to the end. */
export const consumerProtocol: Record<"subscription" | "assignment", Schema> = {
  subscription: {
    newest: 3,
    flexible: null,
    fields: [
      field("topics", strings),
      field("userData", "bytes"),
      field("ownedPartitions", owned, { since: 1 }),
      field("generationId", "int32", { since: 2 }),
      field("rackId", "string", { since: 3 }),
    ],
  },
  assignment: { newest: 3, flexible: null, fields: [field("assignedPartitions", owned), field("userData", "bytes")] },
};
