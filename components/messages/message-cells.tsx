import { TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Icon } from "@/components/ui/icon";
import { NullMark } from "@/components/ui/null-mark";
import { Int } from "@/components/ui/number";
import { PayloadCell } from "@/components/ui/payload-cell";
import { Time } from "@/components/ui/time";
import type { Message } from "@/lib/api/messages";
import { type Marks, noMarks } from "./marks";
import { type PreviewPath, previewOf } from "./preview-paths";

/** What became of the transaction of a record, where readers of committed records do not see it. */
function TransactionBadge({ of: message }: { of: Message }) {
  if (message.transaction === "aborted") return <Badge tone="bad">aborted</Badge>;
  if (message.transaction === "undecided") return <Badge tone="warn">undecided</Badge>;
  return null;
}

/** A value in its row; a marker or an unreadable batch says so in its place. */
export function ValueCell({ of: message, marks = noMarks }: { of: Message; marks?: Marks }) {
  if (message.problem) {
    return (
      <span className="inline-flex items-center gap-1.5" title={message.problem.detail}>
        <Icon of={TriangleAlert} className="text-warn" />
        Offsets <Int value={message.offset} plainZero /> to <Int value={message.batch.lastOffset} plainZero /> cannot be
        read: {message.problem.detail}
      </span>
    );
  }
  if (message.control) return <Badge>{message.control} marker</Badge>;
  const payload = <PayloadCell of={message.value} marks={marks.value} caseMatters={marks.caseMatters} />;
  if (message.transaction === null || message.transaction === "committed") return payload;
  return (
    <>
      <TransactionBadge of={message} /> {payload}
    </>
  );
}

/** What stands at a path of the record. */
export function PreviewCell({ of: message, path }: { of: Message; path: PreviewPath }) {
  const found = previewOf(path, message);
  if (found.kind === "null" || found.kind === "absent") return <NullMark kind={found.kind} />;
  if (found.kind === "cut") {
    return (
      <span className="text-muted" title="The table has only the beginning of this record. Open it to see the whole.">
        …
      </span>
    );
  }
  return <span className="font-mono text-12">{found.text.slice(0, 200)}</span>;
}

/** A record in the two lines of a phone; `day`: the date is told elsewhere. */
export function MessagePhoneRow({ of: message, day, marks }: { of: Message; day: boolean; marks: Marks }) {
  return (
    <span className="flex flex-col">
      <span className="flex min-w-0 items-center gap-2.5 text-12 leading-[18px] tabular-nums">
        <Time value={message.timestamp} bare={day} why="This record carries no time" />
        <span className="text-muted">p{message.partition}</span>
        <span className="text-muted">
          <Int value={message.offset} plainZero />
        </span>
        <span className="ms-auto min-w-0 truncate">
          <PayloadCell of={message.key} marks={marks.key} caseMatters={marks.caseMatters} />
        </span>
      </span>
      <span className="truncate leading-5">
        <ValueCell of={message} marks={marks} />
      </span>
    </span>
  );
}
