"use client";
import { useEffect, useRef, useState } from "react";
import { Int } from "@/components/ui/number";
import type { MessageStreamState } from "@/lib/client/message-stream";
import { doneShare, timeLeft } from "@/lib/client/stream-progress";
import { bytes, counted, duration, integer, rate, share } from "@/lib/format";
import { PartitionBars } from "./partition-bars";

/** Progress as one sentence, for a screen reader, renewed every 5 seconds at most. */
function useSaidProgress(text: string): string {
  const [said, setSaid] = useState(text);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  });
  useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), 5_000);
    return () => clearInterval(timer);
  }, []);
  return said;
}

/** A search under way: hits, what was scanned of how much, bytes, pace, time left, and each partition. */
export function SearchLine({ stream }: { stream: MessageStreamState }) {
  const { totals, start, speed, waiting, messages, gone } = stream;
  const done = doneShare(stream);
  const left = timeLeft(stream);
  const hits = Math.max(totals.hits, messages.length + gone);
  const said = useSaidProgress(
    `${counted(hits, "hit")}, ${integer(totals.records)} records scanned${done === null ? "" : `, ${share(done, 0)}`}`,
  );
  return (
    <div className="flex h-6 shrink-0 items-center gap-4 overflow-hidden whitespace-nowrap tabular-nums">
      <span role="status" className="sr-only">
        {said}
      </span>
      <b className="font-bold">{counted(hits, "hit")}</b>
      {waiting > 0 ? (
        <span className="text-muted">
          {waiting === 1 ? "One search goes first." : `${integer(waiting)} searches go first.`} This one begins by
          itself.
        </span>
      ) : start === null ? (
        <span className="pulse text-muted">asking</span>
      ) : (
        <>
          <span>
            <span className="max-md:hidden">scanned </span>
            <Int value={totals.records} plainZero /> of{" "}
            <Int value={start.offsets} about why="Offsets in the range: some hold no record" />
            <span className="text-muted">
              <span className="max-md:hidden"> records in range,</span> {done === null ? "" : share(done, 0)}
            </span>
          </span>
          <span className="max-md:hidden">{bytes(totals.bytes)}</span>
          {speed && <span className="max-lg:hidden">{rate(speed.records)}</span>}
          {left !== null && (
            <span>
              {duration(left)} <span className="text-muted">left</span>
            </span>
          )}
          {totals.throttledMilliseconds > 0 && (
            <span className="text-warn max-md:hidden">
              held back by the quota for {duration(Math.round(totals.throttledMilliseconds))}
            </span>
          )}
          <PartitionBars stream={stream} />
        </>
      )}
    </div>
  );
}

/** The 3 px above the table. */
export function SearchBar({ stream }: { stream: MessageStreamState }) {
  const done = doneShare(stream) ?? 0;
  return (
    <div
      role="progressbar"
      aria-label="Share of the range that was searched"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(done * 100)}
      className="-mx-page -mb-3 h-[3px] shrink-0 bg-border max-md:-mb-2.5"
    >
      <div
        className={`h-full bg-accent ${stream.phase === "waiting" ? "pulse" : ""}`}
        style={{ width: `${done * 100}%` }}
      />
    </div>
  );
}
