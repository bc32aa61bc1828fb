import { url } from "../../lib/api/url.ts";

/**
 * The page of a group. A group called `new` stands where the form that creates one is, so its first letter is written as an escape,
 * which every page decodes.
 */
export const groupHref = (cluster: string, group: string): string =>
  url`/clusters/${cluster}/groups/` + (group === "new" ? "~6Eew" : url`${group}`);
