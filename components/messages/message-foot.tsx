import { Statusline } from "@/components/ui/statusline";
import type { MessagePage } from "@/lib/client/messages";
import { bytes, counted, duration, integer } from "@/lib/format";

/** What is shown, how it was found and what it cost. */
export function MessageFoot({ pages, day }: { pages: MessagePage[]; day: string }) {
  const shown = pages.reduce((sum, page) => sum + page.messages.length, 0);
  const scanned = pages.reduce((sum, { end }) => sum + end.scanned.records, 0);
  const fetched = pages.reduce((sum, { end }) => sum + end.scanned.bytes, 0);
  const last = pages.at(-1)?.end;
  const throttled = last?.cost.throttledMilliseconds ?? 0;
  return (
    <Statusline
      left={
        <>
          <span>{counted(shown, "record")} shown</span>
          <span className="md:hidden">{day}</span>
          <span className="max-md:hidden">
            {integer(scanned)} unpacked, {bytes(fetched)} fetched
          </span>
          {throttled > 0 && (
            <span className="text-warn">The broker's quota held this back for {duration(throttled)}</span>
          )}
        </>
      }
      right={
        <>
          {last && (
            <span>
              {counted(last.cost.requests, "broker request")}, {duration(last.cost.milliseconds)}
            </span>
          )}
          <span>j/k next record, Enter opens, Esc closes</span>
        </>
      }
    />
  );
}
