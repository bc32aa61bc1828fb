import { makeProblem } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import { listTypes } from "./decode/descriptors.ts";

/** The Protobuf message types of the cluster's descriptor files, by name; a file that cannot be used is a warning. */
export function listMessageTypes({ settings }: Cluster) {
  const { types, problems } = listTypes(settings.protobuf);
  return { items: types, warnings: problems.map((detail) => makeProblem("descriptor-unreadable", detail)) };
}
