import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import type { ClusterOverview } from "@/lib/api/clusters";
import { url } from "@/lib/api/url";
import { counted } from "@/lib/format";

/** What the overview says, or what is known beside it, which leads to an address of its own. */
export type Attention =
  | ClusterOverview["attention"][number]
  | { severity: "warn" | "bad"; text: string; action: { label: string; href: string } };

/** Beside the cluster's name: how much needs somebody. */
export function AttentionBadge({ of: attention }: { of: Attention[] }) {
  if (attention.length === 0)
    return (
      <Badge tone="ok" icon={CircleCheck}>
        nothing needs attention
      </Badge>
    );
  const tone = attention.some(({ severity }) => severity === "bad") ? "bad" : "warn";
  return (
    <Badge tone={tone} icon={TriangleAlert}>
      {counted(attention.length, "thing")} to look at
    </Badge>
  );
}

function target(cluster: string, to: "topics" | "brokers" | "doctor" | "election"): string {
  return to === "topics" ? `${url`/clusters/${cluster}/topics`}?problems=1` : url`/clusters/${cluster}/${to}`;
}

/** What needs somebody, in sentences, each with what to do about it. Nothing when nothing does. */
export function AttentionPanel({
  cluster,
  of: attention,
  onElect,
}: {
  cluster: string;
  of: Attention[];
  onElect: () => void;
}) {
  if (attention.length === 0) return null;
  return (
    <Panel title="Look at" meta={attention.length} flush>
      <ul>
        {attention.map(({ severity, text, action }) => (
          <li
            key={text}
            className="flex items-start gap-3.5 border-b border-border px-3 py-1 last:border-0 max-md:flex-wrap max-md:gap-2"
          >
            <Icon
              of={severity === "bad" ? CircleX : TriangleAlert}
              className={`mt-[3px] ${severity === "bad" ? "text-bad" : "text-warn"}`}
            />
            <span className="min-w-0 flex-1 wrap-anywhere">
              <span className="block max-w-[110ch]">
                <span className="sr-only">{severity === "bad" ? "Error: " : "Warning: "}</span>
                {text}
              </span>
            </span>
            {action && "target" in action && action.target === "election" ? (
              <Can permission="clusters.alter">
                <Button onClick={onElect} className="-my-1 max-md:ms-[22px] max-md:my-0">
                  {action.label}
                </Button>
              </Can>
            ) : (
              action && (
                <Link
                  href={"href" in action ? action.href : target(cluster, action.target)}
                  look="text"
                  className="whitespace-nowrap max-md:ms-[22px] max-md:w-full"
                >
                  {action.label}
                </Link>
              )
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
