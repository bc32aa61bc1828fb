import { z } from "zod";
import { problem } from "./problem.ts";
import { instant } from "./scalars.ts";

/** When the figures of an answer were taken from the brokers and what that cost. Older than the answer when a shared snapshot served it. */
export const snapshot = z.object({
  takenAt: instant,
  requests: z.number().int().describe("Broker requests the snapshot cost"),
  milliseconds: z.number(),
});
export type Snapshot = z.infer<typeof snapshot>;

/** A list: what could be asked, and a warning for each thing that could not. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), warnings: z.array(problem), snapshot: snapshot.optional() });

export const clusterParams = z.object({ cluster: z.string() });
export const topicParams = clusterParams.extend({
  topic: z.string().max(249, "no topic has a name of more than 249 characters."),
});
export const brokerParams = clusterParams.extend({ broker: z.string().describe("A broker id") });
