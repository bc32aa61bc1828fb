import { Panel } from "@/components/ui/panel";
import type { GroupDetail } from "@/lib/api/groups";
import { counted } from "@/lib/format";

type Topology = NonNullable<GroupDetail["topology"]>;

const kinds = [
  ["sourceTopics", "Reads"],
  ["sinkTopics", "Writes"],
  ["repartitionTopics", "Repartition"],
  ["changelogTopics", "Changelog"],
] as const satisfies [keyof Topology["subtopologies"][number], string][];

/** What a streams application is made of, as its members told the broker (KIP-1071): each part with its topics and who runs it. */
export function GroupTopology({ group }: { group: GroupDetail }) {
  const { topology } = group;
  if (topology === null) return null;
  const runners = (id: string) =>
    group.memberList.filter(({ streams }) => streams?.active.some(({ subtopology }) => subtopology === id));
  return (
    <Panel
      flush
      className="shrink-0"
      title="Topology"
      meta={`${counted(topology.subtopologies.length, "subtopology", "subtopologies")}, epoch ${topology.epoch}`}
    >
      <ul className="divide-y divide-border">
        {topology.subtopologies.map((part) => (
          <li key={part.id} className="grid gap-x-3.5 px-3 py-2 md:grid-cols-[140px_minmax(0,1fr)]">
            <span>
              <b className="font-mono text-12">{part.id}</b>
              <span className="block text-12 text-muted max-md:inline max-md:ms-2">
                run by {counted(runners(part.id).length, "member")}
              </span>
            </span>
            <dl className="grid grid-cols-[92px_minmax(0,1fr)]">
              {kinds
                .filter(([kind]) => part[kind].length > 0)
                .map(([kind, word]) => (
                  <div key={kind} className="contents">
                    <dt className="text-muted">{word}</dt>
                    <dd className="wrap-anywhere">{part[kind].join(", ")}</dd>
                  </div>
                ))}
            </dl>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
