"use client";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { compact, integer } from "@/lib/format";
import { ClusterSwitcher } from "./cluster-switcher";
import { Mark } from "./mark";
import { appNav, clusterFoot, clusterHref, clusterNav, type NavItem } from "./nav";
import { useShell } from "./shell-data";

/** Hidden where the sidebar is icons only: below 1100 px, or folded by `[`. */
const unfolded = "max-lg:hidden group-data-folded/frame:hidden";

const row =
  "flex h-7 items-center gap-[9px] rounded-control px-2 whitespace-nowrap text-ink-2 hover:bg-hover aria-[current]:bg-selected aria-[current]:font-strong aria-[current]:text-ink [&>svg]:text-muted aria-[current]:[&>svg]:text-accent max-lg:justify-center group-data-folded/frame:justify-center";

function ClusterItem({ item, cluster }: { item: NavItem; cluster: string }) {
  const { place, counts } = useShell();
  const isHere = place.cluster !== null && place.noun === item.noun;
  const count = item.count ? counts[item.count] : null;
  return (
    <Link
      href={clusterHref(cluster, item.noun)}
      title={item.label}
      aria-current={isHere ? "page" : undefined}
      className={row}
    >
      <Icon of={item.icon} />
      <span className={unfolded}>{item.label}</span>
      {count !== null && (
        <span className={`ms-auto text-12 font-normal text-muted tabular-nums ${unfolded}`} title={integer(count)}>
          {compact(count)}
        </span>
      )}
    </Link>
  );
}

/** The menu at the left: the mark, the cluster, its pages, and what helps at the foot. */
export function Sidebar() {
  const { cluster, place } = useShell();
  return (
    <aside className="flex min-h-0 flex-col overflow-y-auto px-2 pb-2 max-md:hidden">
      <Link
        href="/clusters"
        aria-label="Kafdeck, all clusters"
        className="flex h-11 shrink-0 items-center gap-2 px-2 text-14 font-bold tracking-[-0.01em] max-lg:justify-center max-lg:px-0 group-data-folded/frame:justify-center group-data-folded/frame:px-0"
      >
        <Mark />
        <span className={unfolded}>Kafdeck</span>
      </Link>
      <ClusterSwitcher folded={unfolded} />
      {cluster !== null && (
        <nav aria-label="Cluster" className="flex flex-col gap-px">
          {clusterNav.map((item) => (
            <ClusterItem key={item.noun} item={item} cluster={cluster} />
          ))}
        </nav>
      )}
      <nav aria-label="Help" className="mt-auto flex flex-col gap-px pt-2">
        {cluster !== null && clusterFoot.map((item) => <ClusterItem key={item.noun} item={item} cluster={cluster} />)}
        {appNav.map((item) => (
          <Link
            key={item.href}
            href={item.href}
            title={item.label}
            aria-current={`/${place.noun}` === item.href && place.cluster === null ? "page" : undefined}
            className={row}
          >
            <Icon of={item.icon} />
            <span className={unfolded}>{item.label}</span>
          </Link>
        ))}
      </nav>
    </aside>
  );
}
