"use client";
import { Button } from "@/components/ui/button";
import { Int } from "@/components/ui/number";
import { canProceed, type MessageStreamState } from "@/lib/client/message-stream";
import { doneShare, timeLeft } from "@/lib/client/stream-progress";
import { bytes, counted, duration, integer, rate, share } from "@/lib/format";
import type { SearchUrl } from "./search-url";
import { endWords, wider } from "./search-words";

type Props = {
  state: MessageStreamState;
  url: SearchUrl;
  onChange: (change: Partial<SearchUrl>, how: "push") => void;
  onProceed: () => void;
};

/** One line: how far the search is, then how it ended and the way on. */
export function SearchSays({ state, url, onChange, onProceed }: Props) {
  const isUnderWay = underWay(state);
  return (
    <div className="flex min-h-control shrink-0 flex-wrap items-center gap-x-4 gap-y-1">
      {isUnderWay ? <Progress state={state} /> : <Ended state={state} url={url} onChange={onChange} />}
      {!isUnderWay && canProceed(state) && (
        <Button onClick={onProceed}>
          {state.end?.reason === "end" ? "Look for newer records" : "Continue from there"}
        </Button>
      )}
    </div>
  );
}

const underWay = ({ phase }: MessageStreamState): boolean =>
  phase === "waiting" || phase === "running" || phase === "paused";

/** How far a search is, as the line on top of its table. Once it is over there is none. */
export function SearchLine({ state }: { state: MessageStreamState }) {
  if (!underWay(state)) return null;
  return (
    <div aria-hidden className="-mx-page -mb-3 h-[3px] shrink-0 bg-border max-md:-mb-2.5">
      <div className="h-full bg-accent" style={{ width: `${(doneShare(state) ?? 0) * 100}%` }} />
    </div>
  );
}

function Progress({ state }: { state: MessageStreamState }) {
  const { totals, start, speed, waiting } = state;
  const done = doneShare(state);
  // Records are told as they are found, figures a little later.
  const hits = Math.max(totals.hits, state.messages.length);
  const left = timeLeft(state);
  if (waiting > 0)
    return <span className="text-muted">Waiting: {counted(waiting, "search", "searches")} before this one.</span>;
  return (
    <>
      <b>
        <Int value={hits} plainZero /> {hits === 1 ? "hit" : "hits"}
      </b>
      <span className="text-muted">
        {start && (
          <>
            <Int value={totals.covered} plainZero /> of <Int value={start.offsets} plainZero /> offsets
          </>
        )}
        {done !== null && `, ${share(done, 0)}`}
      </span>
      <span className="text-muted max-md:hidden">{integer(totals.records)} records looked at</span>
      <span className="text-muted max-md:hidden">{bytes(totals.bytes)}</span>
      {speed && <span className="text-muted max-md:hidden">{rate(speed.records)}</span>}
      {left !== null && <span className="text-muted">{duration(left)} left</span>}
      {totals.throttledMilliseconds > 0 && (
        <span className="text-warn">The broker's quota held it back for {duration(totals.throttledMilliseconds)}</span>
      )}
    </>
  );
}

function Ended({ state, url, onChange }: Omit<Props, "onProceed">) {
  const words = endWords(state);
  const failed = state.end?.failed;
  const next = state.messages.length === 0 && state.end?.reason === "end" ? wider(url) : null;
  return (
    <span role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {words && (
        <span>
          <b>{words.said}</b> {words.more}
        </span>
      )}
      {failed && (
        <span className="text-warn">
          {counted(failed.records, "record")} could not be judged: {failed.first}
        </span>
      )}
      {next && <Button onClick={() => onChange({ from: next.from }, "push")}>Search {next.label.toLowerCase()}</Button>}
    </span>
  );
}
