import {
  Activity,
  BookOpen,
  CircleQuestionMark,
  LayoutDashboard,
  Rows3,
  Server,
  Stethoscope,
  TextSearch,
  Users,
} from "lucide-react";
import type { Glyph } from "@/components/ui/icon";
import { url } from "@/lib/api/url";

/** A page of a cluster in the menu. */
export type NavItem = {
  /** The segment after the cluster's name; empty for its overview. */
  noun: string;
  label: string;
  /** In the bar of a phone. Nothing given: the label. */
  short?: string;
  icon: Glyph;
  /** After `g`. Nothing given: no shortcut. */
  key?: string;
  /** A figure of the cluster that stands beside the word. */
  count?: "brokers" | "topics" | "groups";
  /** Has a place in the bar of a phone; the others are under More. */
  phone?: boolean;
};

/** The menu of a cluster, in this order. A new page adds its line here. */
export const clusterNav: NavItem[] = [
  { noun: "", label: "Overview", icon: LayoutDashboard, key: "o", phone: true },
  { noun: "brokers", label: "Brokers", icon: Server, key: "b", count: "brokers" },
  { noun: "topics", label: "Topics", icon: Rows3, key: "t", count: "topics", phone: true },
  { noun: "groups", label: "Consumer groups", short: "Groups", icon: Users, key: "g", count: "groups", phone: true },
  { noun: "lag", label: "Lag board", icon: Activity, key: "l" },
  { noun: "search", label: "Follow a key", short: "Search", icon: TextSearch, key: "s", phone: true },
];

/** At the foot of the menu: what helps when the rest does not. */
export const clusterFoot: NavItem[] = [{ noun: "doctor", label: "Connection doctor", icon: Stethoscope }];

/** Pages that belong to no cluster. */
export const appNav: { href: string; label: string; icon: Glyph }[] = [
  { href: "/help", label: "Help and terms", icon: CircleQuestionMark },
  { href: "/api-docs", label: "API", icon: BookOpen },
];

/** Where a page of a cluster is. */
export const clusterHref = (cluster: string, noun: string): string =>
  noun === "" ? url`/clusters/${cluster}` : url`/clusters/${cluster}/${noun}`;
