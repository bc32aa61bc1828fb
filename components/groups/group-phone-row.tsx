import { PhoneRow } from "@/components/ui/data-table-row";
import { Lag, timeLagText } from "@/components/ui/lag";
import { LagStatusWord, lagStatusLooks } from "@/components/ui/lag-status";
import { Name } from "@/components/ui/name";
import type { GroupSummary } from "@/lib/api/groups";
import { counted, type Whole } from "@/lib/format";

/** A group on a phone: its name and how it does, then the figures. `lag` and `members`: others than those of all its topics. */
export function GroupPhoneRow({
  row,
  lag = row.lag,
  unknown = row.lagUnknown,
  members = row.members,
}: {
  row: GroupSummary;
  lag?: Whole | null;
  unknown?: number;
  members?: number | null;
}) {
  const { status, type } = row;
  return (
    <PhoneRow
      name={<Name value={row.groupId} />}
      badge={
        <span className="shrink-0 text-12">
          <LagStatusWord status={status} title={row.verdict.reason} />
        </span>
      }
      figures={[
        ...(row.timeLagMs === null ? [] : [timeLagText(row)]),
        ...(members === null ? [] : [counted(members, "member")]),
        type,
      ]}
      end={
        <span className={lagStatusLooks[status].tone === "bad" ? "text-bad" : ""}>
          lag <Lag value={lag} unknown={unknown} />
        </span>
      }
    />
  );
}
