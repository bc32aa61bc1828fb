import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { MessagePage } from "@/lib/client/messages";
import type { useRecords } from "./use-records";

/** What a view may hold; beyond it, reading goes on from an offset. */
const MOST_CHARS = 64 << 20;

/** What the next page is; after the end there may be what is written since, or what could not be asked. */
const nextWords = {
  older: { more: "Show older records", end: "Ask the missing partitions again" },
  newer: { more: "Show the next records", end: "Look for newer records" },
} as const;

type Asking = { isFetchingNextPage: boolean; fetchNextPage: () => unknown };

const charsOf = (pages: MessagePage[]) =>
  pages.reduce(
    (sum, page) =>
      sum +
      page.messages.reduce((each, { value, key }) => each + (value?.text.length ?? 0) + (key?.text.length ?? 0), 0),
    0,
  );

/** The way to the next page, below the table; the end says that it is one. */
export function MoreRecords({ query, pages }: { query: Asking; pages: MessagePage[] }) {
  const last = pages.at(-1);
  if (!last) return null;
  const older = last.start.direction === "older";
  return (
    <div className="-mx-page flex min-h-10 shrink-0 items-center gap-3 border-t border-border px-page text-12 text-muted">
      {last.end.cursor === null ? (
        <span>The log begins here: there is nothing older.</span>
      ) : (
        <Button
          busy={query.isFetchingNextPage}
          disabled={charsOf(pages) > MOST_CHARS ? "This view is full. Read on from an offset." : false}
          onClick={() => query.fetchNextPage()}
        >
          {nextWords[last.start.direction][last.end.reason === "end" ? "end" : "more"]}
        </Button>
      )}
      {last.end.reason === "budget" && (
        <span>This page ended early: there was more to look through than one page may take.</span>
      )}
      {!older && last.end.reason === "end" && <span>The end of the log was reached.</span>}
    </div>
  );
}

/** No row, and why. What a search did stands above the table. */
export function NoRecords({
  records,
  from,
}: {
  records: Pick<ReturnType<typeof useRecords>, "kind" | "isRunning">;
  from: string;
}) {
  if (records.kind === "live") {
    return (
      <EmptyState title="Nothing has come yet">
        Records are shown here as they are written. The newest is at the top.
      </EmptyState>
    );
  }
  if (records.kind === "search") {
    return records.isRunning ? (
      <EmptyState title="No hit yet">Hits are shown here as they are found.</EmptyState>
    ) : (
      <span />
    );
  }
  if (from !== "newest" && from !== "oldest") {
    return (
      <EmptyState title="No record from there on">
        Nothing is between this place and the end of the range. Start earlier, or ask again when more was written.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No records">
      The partitions chosen hold none: nothing was written yet, or retention has deleted it. Open transactions and their
      records are shown by “Read uncommitted”.
    </EmptyState>
  );
}
