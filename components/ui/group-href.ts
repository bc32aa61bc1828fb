import { url } from "../../lib/api/url.ts";

/** The page of a group. */
export const groupHref = (cluster: string, group: string): string => url`/clusters/${cluster}/groups/${group}`;
