"use client";
import { Button } from "@/components/ui/button";
import { canProceed, type MessageStream, type MessageStreamState, VIEW_CHARS } from "@/lib/client/message-stream";
import { bytes, counted, duration, integer } from "@/lib/format";
import { CoveredOffsets } from "./covered-offsets";

const isView = ({ chars }: MessageStreamState) => chars >= VIEW_CHARS;

/** Why a search is not under way any more, after the count of its hits. */
function reasonOf(stream: MessageStreamState, topicEnds: string): string {
  const { phase, end, totals, start } = stream;
  const scanned = `${integer(totals.records)} of ~${integer(start?.offsets ?? 0)} records`;
  if (phase === "paused") return `Paused after ${scanned}: this tab is hidden.`;
  if (phase === "stopped") return `Stopped by you after ${scanned}.`;
  if (phase === "failed") return `Broken off after ${scanned}.`;
  if (end?.reason === "limit") return `As many as asked for, after ${scanned}.`;
  if (end?.reason === "scan") return `The most to scan was reached after ${scanned}.`;
  if (end?.reason === "view") return `The view is full after ${scanned}.`;
  if (end?.reason === "budget") return `As far as one request may go: ${scanned}.`;
  if (end?.reason === "server-stopping") return `Kafdeck is restarting; stopped after ${scanned}.`;
  return topicEnds;
}

type Props = {
  stream: MessageStreamState;
  control: MessageStream;
  /** Opens the record at this place. */
  onOpen: (place: string) => void;
  /** Widens the search to everything before its range; null: there is nothing before. */
  onOlder: (() => void) | null;
};

/** What a search did, once it is over: the sentence, what was covered, and how to go on. */
export function SearchEnd({ stream, control, onOpen, onOlder }: Props) {
  const { totals, start, end, messages } = stream;
  const partitions = start?.partitions.filter(({ from }) => from !== null).length ?? 0;
  const all = `Searched ${partitions === 1 ? "the partition" : partitions === 2 ? "both partitions" : `all ${integer(partitions)} partitions`} to the end.`;
  const isWhole = end?.reason === "end";
  const hits = messages.length;
  const throttled = Math.round(totals.throttledMilliseconds);
  return (
    <div role="status" className="flex min-h-6 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 tabular-nums">
      <span>
        <b className="font-bold">
          {hits === 0
            ? `No hit in ${counted(totals.records, "record")}.`
            : isWhole
              ? `${counted(hits, "hit")} in ${counted(totals.records, "record")}.`
              : `${counted(hits, "hit")}.`}
        </b>{" "}
        {reasonOf(stream, all)}
      </span>
      {start && <CoveredOffsets stream={stream} />}
      {canProceed(stream) && stream.phase !== "paused" && (
        <Button look="ghost" className="px-1! text-accent!" onClick={control.proceed}>
          Continue from there
        </Button>
      )}
      {isView(stream) && (
        <span className="text-muted">
          This view holds {bytes(VIEW_CHARS)}. Narrow the search, or export every match.
        </span>
      )}
      {isWhole && onOlder && (
        <Button look="ghost" className="px-1! text-accent!" onClick={onOlder}>
          Search older
        </Button>
      )}
      {totals.failed > 0 && <FailedRecords end={end} count={totals.failed} onOpen={onOpen} />}
      <span className="ms-auto text-12 text-muted max-md:hidden">
        {bytes(totals.bytes)} fetched
        {end && `, ${counted(end.cost.requests, "broker request")}, ${duration(Math.round(end.cost.milliseconds))}`}
        {throttled > 0 && <span className="text-warn">, held back by the quota for {duration(throttled)}</span>}
      </span>
    </div>
  );
}

/** Records that the filter could not judge, why the first one, and the way to it. */
function FailedRecords({
  end,
  count,
  onOpen,
}: {
  end: MessageStreamState["end"];
  count: number;
  onOpen: (place: string) => void;
}) {
  const failed = end?.failed ?? null;
  return (
    <span className="text-warn">
      {counted(count, "record")} could not be judged
      {failed && (
        <>
          : {failed.first}{" "}
          <Button
            look="ghost"
            className="px-1! text-accent!"
            onClick={() => onOpen(`${failed.partition}:${failed.offset}`)}
          >
            See the first
          </Button>
        </>
      )}
    </span>
  );
}
