import { Lock, Stethoscope } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { ClusterMark } from "@/components/ui/cluster-mark";
import { FactList } from "@/components/ui/facts";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Missing } from "@/components/ui/null-mark";
import { Exception, Status } from "@/components/ui/status";
import type { ClusterCard } from "@/lib/api/clusters";
import { url } from "@/lib/api/url";

const states = {
  up: { kind: "passed", word: "Up" },
  partial: { kind: "warned", word: "In part" },
  down: { kind: "failed", word: "Down" },
  unknown: { kind: "unknown", word: "No answer yet" },
} as const;

const notKnown = "The cluster has not answered";

/** One cluster: whether it answers, how big it is, and where it does not, what failed and what to do. */
export function ClusterPanel({ card }: { card: ClusterCard }) {
  const { kind, word } = states[card.state];
  const [first, ...more] = card.bootstrap;
  const ill = card.problem !== null && card.state !== "up";
  return (
    <section
      className={`flex min-w-0 flex-col gap-2.5 rounded-panel border bg-surface px-3 py-2.5 ${card.state === "down" ? "border-bad" : "border-border"}`}
    >
      <header className="flex min-w-0 flex-wrap items-center gap-2">
        <h2 className="min-w-0 text-15 font-bold">
          <Link href={url`/clusters/${card.name}`} className="wrap-anywhere hover:underline">
            {card.name}
          </Link>
        </h2>
        <ClusterMark mark={card} />
        {card.readOnly && <Badge icon={Lock}>read-only</Badge>}
        <span className="ms-auto">
          <Status kind={kind} word={word} />
        </span>
      </header>
      {ill && (
        <div className="rounded-panel bg-sunken px-2.5 py-2 wrap-anywhere">
          <b>{card.problem?.title}.</b> {card.problem?.detail?.replace(/([^.!?])$/, "$1.")} {card.problem?.todo}
        </div>
      )}
      <FactList
        of={[
          {
            label: "Bootstrap",
            value: (
              <span title={card.bootstrap.join("\n")}>
                <code>{first}</code>
                {more.length > 0 && <span className="text-muted"> and {more.length} more</span>}
              </span>
            ),
          },
          { label: "Security", value: card.security },
          {
            label: "Brokers",
            value: card.brokers === null ? <Missing why={notKnown} /> : `${card.answered} of ${card.brokers} answered`,
          },
          { label: "Kafka", value: card.kafkaVersion ?? <Missing why={notKnown} /> },
          { label: "Topics", value: card.topics ?? <Missing why={notKnown} /> },
          {
            label: "Under-replicated",
            value:
              card.underReplicated === null ? (
                <Missing why={notKnown} />
              ) : (
                <Exception count={card.underReplicated} tone="warn" />
              ),
          },
          {
            label: "Offline",
            value: card.offline === null ? <Missing why={notKnown} /> : <Exception count={card.offline} tone="bad" />,
          },
        ]}
      />
      <footer className="mt-auto flex flex-wrap gap-2 pt-1">
        <Link href={url`/clusters/${card.name}`} look="button">
          Open
        </Link>
        <Link href={url`/clusters/${card.name}/doctor`} look="button">
          <Icon of={Stethoscope} className="text-muted" />
          Check connection
        </Link>
      </footer>
    </section>
  );
}
