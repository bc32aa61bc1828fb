import { Duration } from "@/components/ui/duration";
import { Int } from "@/components/ui/number";
import { Totals } from "@/components/ui/totals";
import type { OffsetsPlan } from "@/lib/api/group-offsets";
import { chartNumber, integer } from "@/lib/format";

/** A plan in five figures. */
export function PlanTotals({ plan }: { plan: OffsetsPlan }) {
  const { readAgain, skipped, changes, partitions, lagAfter, readAgainMs } = plan;
  const perSecond =
    readAgainMs === null || readAgainMs <= 0 || lagAfter === null
      ? null
      : Math.round((chartNumber(lagAfter) * 1000) / readAgainMs);
  return (
    <div className="shrink-0 overflow-hidden border-b border-border [&>dl]:flex [&>dl]:flex-wrap [&>dl]:rounded-none [&>dl]:border-0 [&>dl>div]:grow max-md:[&>dl>div]:basis-[40%]">
      <Totals
        of={[
          { label: "Read again", value: <Int value={readAgain} />, note: "records", zero: readAgain === "0" },
          {
            label: "Skipped",
            value: <Int value={skipped} />,
            note: "records",
            ...(skipped === "0" ? { zero: true } : { tone: "warn" as const }),
          },
          {
            label: "Partitions moved",
            value: <Int value={changes} />,
            note: `of ${integer(partitions.length)}`,
            zero: changes === 0,
          },
          { label: "Lag after", value: <Int value={lagAfter} why="The end of a partition is not known" /> },
          {
            label: "Time to read it again",
            value:
              readAgainMs === null ? (
                <Int value={null} why="How fast the group reads is not known: there is no history of it" />
              ) : (
                <>
                  ~<Duration value={Math.round(readAgainMs)} />
                </>
              ),
            ...(perSecond === null ? {} : { note: `at ${integer(perSecond)}/s` }),
          },
        ]}
      />
    </div>
  );
}
