"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiTable, FeatureTable } from "@/components/capabilities/api-tables";
import { FilterInput } from "@/components/ui/input";
import { Loaded } from "@/components/ui/loaded";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import { Term } from "@/components/ui/term";
import type { Capabilities } from "@/lib/api/clusters";
import { capabilitiesQuery } from "@/lib/client/clusters";

/** What the brokers can do, and therefore Kafdeck: decided by ApiVersions, never by a version number. */
export function CapabilitiesPage({ cluster }: { cluster: string }) {
  const capabilities = useQuery(capabilitiesQuery(cluster));
  return (
    <Page title="Capabilities">
      <p className="-mt-1.5 max-w-[110ch] text-ink-2">
        Brokers say by <Term id="api-versions">ApiVersions</Term> which requests they understand. What follows from
        that, from the rights of this user and from the configuration is what Kafdeck can do here.
      </p>
      <Loaded query={capabilities}>{(data) => <Found capabilities={data} />}</Loaded>
    </Page>
  );
}

function Found({ capabilities: { apis, features, can } }: { capabilities: Capabilities }) {
  const [wanted, setWanted] = useState("");
  const shown = apis.filter(({ key, name }) => `${key} ${name}`.toLowerCase().includes(wanted.toLowerCase()));
  return (
    <div className="grid grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)] items-start gap-3 max-lg:grid-cols-[minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-3">
        <Abilities can={can} />
        <FeatureTable features={features} />
      </div>
      <Panel
        title="Requests the brokers understand"
        meta={shown.length === apis.length ? apis.length : `${shown.length} of ${apis.length}`}
        flush
      >
        <div className="border-b border-border px-3 py-2">
          <FilterInput value={wanted} onChange={setWanted} placeholder="Filter by name or key" />
        </div>
        <ApiTable apis={shown} />
      </Panel>
    </div>
  );
}

function Abilities({ can }: { can: Capabilities["can"] }) {
  const all = Object.entries(can);
  const lost = all.filter(([, { able }]) => !able).length;
  return (
    <Panel title="What Kafdeck can do here" meta={lost === 0 ? "everything" : `all but ${lost}`} flush>
      <ul className="divide-y divide-border">
        {all.map(([id, { text, able, reason }]) => (
          <li key={id} className="flex min-h-row flex-wrap items-center gap-x-3 px-3 py-1">
            <Status kind={able ? "passed" : "not-allowed"} word={text} />
            {reason && <span className="text-muted">{reason}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
