import { groupHref } from "@/components/ui/group-href";
import { Icon } from "@/components/ui/icon";
import { Lag } from "@/components/ui/lag";
import { lagStatusLooks } from "@/components/ui/lag-status";
import { Link } from "@/components/ui/link";
import { Name } from "@/components/ui/name";
import { numberWidth } from "@/components/ui/number-width";
import { Panel } from "@/components/ui/panel";
import { Sparkline } from "@/components/ui/sparkline";
import { toneInk } from "@/components/ui/tone";
import type { GroupList } from "@/lib/api/groups";
import { url } from "@/lib/api/url";
import { integer } from "@/lib/format";
import { groupHint, isTrouble } from "./group-hint";

/** The groups that want somebody most. Nothing where none does, or they are not known. */
export function GroupsPanel({ cluster, groups }: { cluster: string; groups: GroupList | null }) {
  const hint = groups && groupHint(groups);
  if (groups === null || hint === null) return null;
  const rows = groups.items.filter(({ status }) => isTrouble(status));
  const lags = rows.map(({ lag }) => lag);
  // Without a history the names have the room.
  const hasTrends = rows.some(({ trend }) => trend.length > 0);
  return (
    <Panel
      title="Groups with problems"
      meta={`${integer(hint.count)} of ${integer(groups.total)}`}
      flush
      actions={
        <Link href={url`/clusters/${cluster}/groups`} look="text">
          All groups
        </Link>
      }
    >
      <table className="grid-table" aria-label="Groups with problems">
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col" data-align="end" style={{ width: numberWidth("Lag", lags) }}>
              Lag
            </th>
            {hasTrends && (
              <th scope="col" style={{ width: 136 }} className="max-md:hidden">
                Last hour
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((group) => {
            const look = lagStatusLooks[group.status];
            return (
              <tr key={group.groupId}>
                <td>
                  <span className="flex min-w-0 items-center gap-1.5" title={group.verdict.reason}>
                    <Icon of={look.icon} className={toneInk[look.tone]} />
                    <span className="sr-only">{look.word}: </span>
                    <Link
                      href={groupHref(cluster, group.groupId)}
                      className="block min-w-0 flex-1 font-medium hover:underline"
                    >
                      <Name value={group.groupId} />
                    </Link>
                  </span>
                </td>
                <td data-align="end">
                  <Lag value={group.lag} unknown={group.lagUnknown} />
                </td>
                {hasTrends && (
                  <td className="max-md:hidden">
                    <Sparkline values={group.trend} tone={look.line} />
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}
