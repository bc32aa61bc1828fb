import { rangeUrl } from "@/components/ui/chart/range";

/**
 * What the address of a group's page says: over which time, one line for what (empty: the group), of which topic, how its tables
 * are sorted, which member is opened, and, on a phone, which chart is shown.
 */
export const groupUrl = {
  ...rangeUrl,
  by: "",
  topic: "",
  sort: "-lag",
  tsort: "-lag",
  msort: "clientId",
  member: "",
  chart: "lag",
};
export type GroupUrl = typeof groupUrl;
export type SetGroupUrl = (change: Partial<GroupUrl>, how?: "replace" | "push") => void;
