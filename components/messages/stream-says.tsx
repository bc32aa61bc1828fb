"use client";
import { Button } from "@/components/ui/button";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { LiveLine } from "./live-line";
import type { MessageUrl } from "./message-url";
import { SearchEnd } from "./search-end";
import { SearchBar, SearchLine } from "./search-line";
import type { useRecords } from "./use-records";

type Props = {
  records: ReturnType<typeof useRecords>;
  url: MessageUrl;
  onChange: (change: Partial<MessageUrl>) => void;
  onOpen: (place: string) => void;
  /** Shows all records again. */
  onAll: () => void;
};

/** Places before which there may be more. */
const hasBefore = ({ from }: MessageUrl): boolean => /^(time:|offset:|end-)/.test(from);

/** What a search or a live tail says of itself between the toolbar and the table. */
export function StreamSays({ records, url, onChange, onOpen, onAll }: Props) {
  const { stream, control, kind, isRunning } = records;
  const problem = stream.phase === "failed" ? stream.problem : null;
  const older = hasBefore(url) ? () => onChange({ from: "newest", until: url.from, direction: "older" }) : null;
  return (
    <>
      {problem && (
        <ProblemPanel
          problem={problem}
          {...(problem.retry ? { onRetry: control.proceed } : {})}
          actions={kind === "search" ? <Button onClick={onAll}>Show all records</Button> : null}
        />
      )}
      {kind === "live" && <LiveLine stream={stream} control={control} />}
      {kind === "search" && isRunning && <SearchLine stream={stream} />}
      {kind === "search" && !isRunning && stream.start !== null && (
        <SearchEnd stream={stream} control={control} onOpen={onOpen} onOlder={older} />
      )}
      {kind === "search" && isRunning && <SearchBar stream={stream} />}
    </>
  );
}
