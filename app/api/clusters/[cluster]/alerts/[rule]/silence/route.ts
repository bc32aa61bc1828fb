import { silenceAlert } from "@/lib/api/alerts";
import { silenceRule } from "@/lib/server/alerts";
import { route } from "@/lib/server/route";

export const POST = route(silenceAlert, async ({ cluster, params, body, tell }) => {
  const { rule, kept } = await silenceRule(cluster, params.rule, body.minutes);
  tell({ silencedUntil: rule.silencedUntil, kept });
  return rule;
});
