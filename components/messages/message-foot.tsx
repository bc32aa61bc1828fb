import { Statusline } from "@/components/ui/statusline";
import type { MessagePage } from "@/lib/client/messages";
import { bytes, counted, duration, integer } from "@/lib/format";

type Props = {
  /** Rows of the table (null before the first came), and what one is called. */
  shown: number | null;
  noun: "record" | "hit";
  /** The pages of plain browsing; none for a search or a live tail, which tell their own. */
  pages: MessagePage[];
  day: string;
};

/** What is shown, how it was found and what it cost. */
export function MessageFoot({ shown, noun, pages, day }: Props) {
  const scanned = pages.reduce((sum, { end }) => sum + end.scanned.records, 0);
  const fetched = pages.reduce((sum, { end }) => sum + end.scanned.bytes, 0);
  const last = pages.at(-1)?.end;
  const throttled = last?.cost.throttledMilliseconds ?? 0;
  return (
    <Statusline
      left={
        <>
          {shown !== null && <span>{counted(shown, noun)} shown</span>}
          <span className="md:hidden">{day}</span>
          {last && (
            <span className="max-md:hidden">
              {integer(scanned)} unpacked, {bytes(fetched)} fetched
            </span>
          )}
          {throttled > 0 && (
            <span className="text-warn">The broker's quota held this back for {duration(Math.round(throttled))}</span>
          )}
        </>
      }
      right={
        <>
          {last && (
            <span>
              {counted(last.cost.requests, "broker request")}, {duration(Math.round(last.cost.milliseconds))}
            </span>
          )}
          <span>j/k next record, Enter opens, Esc closes</span>
        </>
      }
    />
  );
}
