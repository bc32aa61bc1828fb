import { PhoneRow } from "@/components/ui/data-table-row";
import { Lag, timeLagText } from "@/components/ui/lag";
import { LagStatusWord, lagStatusLooks } from "@/components/ui/lag-status";
import { Name } from "@/components/ui/name";
import type { GroupSummary } from "@/lib/api/groups";
import { counted, type Whole } from "@/lib/format";

/** A group on a phone: its name and how it does, then the figures. `lag`: another than that of all its topics. */
export function GroupPhoneRow({ row, lag = row.lag }: { row: GroupSummary; lag?: Whole | null }) {
  const { status, members, type } = row;
  return (
    <PhoneRow
      name={<Name value={row.groupId} />}
      badge={
        <span className="shrink-0 text-12">
          <LagStatusWord status={status} title={row.verdict.reason} />
        </span>
      }
      figures={[
        type,
        ...(members === null ? [] : [counted(members, "member")]),
        ...(row.timeLagMs === null ? [] : [timeLagText(row)]),
      ]}
      end={
        <span className={lagStatusLooks[status].tone === "bad" ? "text-bad" : ""}>
          lag <Lag value={lag} unknown={row.lagUnknown} />
        </span>
      }
    />
  );
}
