import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { Name } from "@/components/ui/name";
import { Panel } from "@/components/ui/panel";
import { Term } from "@/components/ui/term";
import type { FeatureLevel } from "@/lib/api/clusters";
import { FeatureDialog } from "./feature-dialog";

/** What the whole cluster has agreed to use, and what it could. */
export function FeaturePanel({
  cluster,
  bootstrap,
  features,
}: {
  cluster: string;
  bootstrap: string[];
  features: FeatureLevel[];
}) {
  const [changing, setChanging] = useState<string | null>(null);
  const changed = features.find(({ name }) => name === changing);
  if (features.length === 0) return null;
  return (
    <Panel title={<Term id="feature-level">Feature levels</Term>} meta={features.length} flush>
      <table className="grid-table" aria-label="Feature levels">
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <th scope="col" className="w-[138px] max-md:w-[84px]">
              Level<span className="max-md:hidden">, supported</span>
            </th>
            <th scope="col" className="w-[116px]">
              <span className="sr-only">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {features.map((feature) => (
            <tr key={feature.name}>
              <td>
                <Name value={feature.name} />
              </td>
              <td
                title={feature.finalized ? `Level ${feature.finalized}` : "Not in force"}
                className="whitespace-nowrap tabular-nums"
              >
                <span className={feature.finalized ? "" : "text-muted"}>
                  {feature.finalizedName ?? feature.finalized ?? 0}
                </span>{" "}
                <span className="text-12 text-muted max-md:hidden">
                  of {feature.supportedMin} to {feature.supportedMax}
                </span>
              </td>
              <td data-align="end">
                <Can permission="clusters.alter">
                  <Button
                    look="ghost"
                    aria-label={`Change ${feature.name}`}
                    onClick={() => setChanging(feature.name)}
                    className="-my-1 px-1!"
                  >
                    Change…
                  </Button>
                </Can>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {changed && (
        <FeatureDialog cluster={cluster} bootstrap={bootstrap} feature={changed} onClose={() => setChanging(null)} />
      )}
    </Panel>
  );
}
