import { makeProblem } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";

/** The Protobuf message types of the cluster's descriptor files, by name; a file that cannot be used is a warning. */
export async function listMessageTypes({ settings }: Cluster) {
  if (settings.protobuf === null) return { items: [], warnings: [] };
  // The library is large, and few clusters need it.
  const { listTypes } = await import("./decode/descriptors.ts");
  const { types, problems } = listTypes(settings.protobuf);
  return { items: types, warnings: problems.map((detail) => makeProblem("descriptor-unreadable", detail)) };
}
