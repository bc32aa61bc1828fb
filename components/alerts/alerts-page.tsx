"use client";
import { useQuery } from "@tanstack/react-query";
import { Banner } from "@/components/ui/banner";
import { CommandBlock } from "@/components/ui/command-block";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Loaded } from "@/components/ui/loaded";
import { Page } from "@/components/ui/page";
import type { AlertRule } from "@/lib/api/alerts";
import { url } from "@/lib/api/url";
import { alertsQuery } from "@/lib/client/groups";
import { useRefresh } from "@/lib/client/refresh";
import { integer } from "@/lib/format";
import { AlertRulePanel } from "./alert-rule-panel";
import { countStates, exampleRule } from "./alert-words";

/** Rules that fire come first, then those that may; otherwise as configured. */
const urgency = ({ alerts }: AlertRule): number => {
  const { firing, pending } = countStates(alerts);
  return firing > 0 ? 0 : pending > 0 ? 1 : 2;
};

/** Which rules there are about groups, and what they say now. */
export function AlertsPage({ cluster }: { cluster: string }) {
  const query = useQuery({ ...alertsQuery(cluster), ...useRefresh() });
  const { data } = query;
  return (
    <Page
      title="Alerts"
      meta={data && data.items.length > 0 && `${integer(data.firing)} firing`}
      actions={
        <Link href={url`/clusters/${cluster}/groups`} look="button">
          Consumer groups
        </Link>
      }
    >
      <Loaded query={query}>
        {({ items, evaluating }) => (
          <>
            {!evaluating && items.length > 0 && (
              <Banner tone="plain">
                <b>The rules are not evaluated here.</b> Another replica of Kafdeck does it, or there is no history of
                lag. What is shown may be old.
              </Banner>
            )}
            {items.length === 0 ? (
              <EmptyState title="No alert rules">
                <p>
                  A rule watches the lag, the time lag or the status of groups, shows here which of them it is about,
                  and tells a webhook. Add one to <code>kafdeck.yaml</code> and start Kafdeck again:
                </p>
                <div className="mt-3">
                  <CommandBlock command={exampleRule} />
                </div>
              </EmptyState>
            ) : (
              <div className="flex shrink-0 flex-col gap-3">
                {[...items]
                  .sort((a, b) => urgency(a) - urgency(b))
                  .map((rule) => (
                    <AlertRulePanel key={rule.name} cluster={cluster} rule={rule} evaluating={evaluating} />
                  ))}
              </div>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
