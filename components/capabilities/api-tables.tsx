import { Panel } from "@/components/ui/panel";
import { Term } from "@/components/ui/term";
import type { Capabilities } from "@/lib/api/clusters";

/** Kafka's requests by name, with the versions the broker takes. */
export function ApiTable({ apis }: { apis: Capabilities["apis"] }) {
  if (apis.length === 0) return <p className="px-3 py-3 text-muted">No request has that in its name or key.</p>;
  return (
    <table className="grid-table">
      <thead>
        <tr>
          <th data-align="end" className="w-16">
            Key
          </th>
          <th>Request</th>
          <th data-align="end" className="w-28">
            Versions
          </th>
        </tr>
      </thead>
      <tbody>
        {apis.map(({ key, name, min, max }) => (
          <tr key={key}>
            <td data-align="end" className="text-muted">
              {key}
            </td>
            <td title={name}>{name}</td>
            <td data-align="end">{min === max ? min : `${min} to ${max}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Feature levels: what is in force, and what the brokers could do (KIP-584). */
export function FeatureTable({ features }: { features: Capabilities["features"] }) {
  return (
    <Panel title={<Term id="feature-level">Feature levels</Term>} flush>
      {features.length === 0 ? (
        <p className="px-3 py-3 text-muted">The brokers name none: they are older than Kafka 3.3, or use ZooKeeper.</p>
      ) : (
        <table className="grid-table">
          <thead>
            <tr>
              <th>Feature</th>
              <th data-align="end" className="w-36">
                In force
              </th>
              <th data-align="end" className="w-28">
                Supported
              </th>
            </tr>
          </thead>
          <tbody>
            {features.map(({ name, finalized, finalizedName, supportedMin, supportedMax }) => (
              <tr key={name}>
                <td className="font-mono text-12" title={name}>
                  {name}
                </td>
                <td data-align="end">
                  {finalized ?? <span className="text-muted">none</span>}
                  {finalizedName && <span className="text-muted"> ({finalizedName})</span>}
                </td>
                <td data-align="end" className="text-muted">
                  {supportedMin} to {supportedMax}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
