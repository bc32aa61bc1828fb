"use client";
import { Pause, Play } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { MessageStream, MessageStreamState } from "@/lib/client/message-stream";
import { counted, integer, rate } from "@/lib/format";

/** Records a live view holds. */
export const LIVE_ROWS = 1_000;

/** A live tail: what came, how fast, what left the window and what the topic was too fast for. */
export function LiveLine({ stream, control }: { stream: MessageStreamState; control: MessageStream }) {
  const { phase, messages, gone, totals, speed } = stream;
  // A tail has no end of its own: Kafdeck restarted, or the topic went.
  const isPaused = phase === "paused" || phase === "stopped" || phase === "failed" || phase === "ended";
  const came = messages.length + gone;
  return (
    <div className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 tabular-nums">
      {isPaused ? (
        <Button icon={Play} onClick={phase === "paused" ? control.resume : control.proceed}>
          Resume
        </Button>
      ) : (
        <Button icon={Pause} onClick={control.pause}>
          Pause
        </Button>
      )}
      <b className="font-bold">{phase === "ended" ? "Ended" : isPaused ? "Paused" : "Live"}</b>
      <span>{counted(came, "record")} came</span>
      {speed && !isPaused && <span>{rate(speed.messages)}</span>}
      {isPaused && <span className="text-muted">Resuming goes on at the same place.</span>}
      {gone > 0 && (
        <span className="text-muted">
          the latest {integer(LIVE_ROWS)} are kept, {integer(gone)} left the table
        </span>
      )}
      {totals.dropped > 0 && (
        <span className="text-warn">{integer(totals.dropped)} passed over: the topic is faster than this page</span>
      )}
    </div>
  );
}
