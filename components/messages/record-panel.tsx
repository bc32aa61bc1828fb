"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Int } from "@/components/ui/number";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Time } from "@/components/ui/time";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import type { Message, MessageDetail } from "@/lib/api/messages";
import { problemOfError } from "@/lib/client/call";
import { messageQuery } from "@/lib/client/messages";
import { bytes } from "@/lib/format";
import { PayloadView } from "./payload-view";
import { RecordFacts } from "./record-facts";
import { RecordHeaders } from "./record-headers";

const tabs = ["Value", "Key", "Headers", "Batch"] as const;

type Props = {
  cluster: string;
  topic: string;
  /** `partition:offset`. */
  place: string;
  /** The record as the table has it; null where it is on no page that was loaded. */
  listed: Message | null;
  /** Null at the first and the last row. */
  onStep: { previous: (() => void) | null; next: (() => void) | null };
  onClose: () => void;
};

/** One record, opened at the side of the table, over it on a narrow screen. */
export function RecordPanel({ cluster, topic, place, listed, onStep, onClose }: Props) {
  const [tab, setTab] = useState<(typeof tabs)[number]>("Value");
  const whole = useQuery({ ...messageQuery(cluster, topic, place), enabled: !listed?.problem });
  const record: Message | MessageDetail | null = whole.data ?? listed;
  const [partition = "", offset = ""] = place.split(":");
  useShortcuts({ j: () => onStep.next?.(), k: () => onStep.previous?.(), Escape: onClose });
  return (
    <aside
      aria-label={`Record at partition ${partition}, offset ${offset}`}
      className="flex min-h-0 w-[480px] shrink-0 flex-col overflow-hidden border-s border-border bg-surface max-[1099px]:absolute max-[1099px]:inset-y-0 max-[1099px]:right-0 max-[1099px]:z-10 max-[1099px]:shadow-float max-md:fixed max-md:inset-0 max-md:z-40 max-md:w-auto max-md:border-0"
    >
      <header className="flex h-11 shrink-0 items-center gap-1 border-b border-border ps-4 pe-2.5">
        <h2 className="min-w-0 truncate font-bold">
          Partition {partition}, offset <Int value={offset} plainZero />
        </h2>
        <span className="flex-1" />
        <IconButton
          label="Newer or previous row (k)"
          icon={ChevronUp}
          disabled={onStep.previous === null}
          onClick={() => onStep.previous?.()}
        />
        <IconButton
          label="Next row (j)"
          icon={ChevronDown}
          disabled={onStep.next === null}
          onClick={() => onStep.next?.()}
        />
        <CopyButton label="Copy the link to this record" value={() => window.location.href} />
        <IconButton label="Close (Escape)" icon={X} onClick={onClose} />
      </header>
      {record && (
        <p className="flex shrink-0 flex-wrap gap-x-3.5 px-4 pt-2 text-12 text-ink-2 tabular-nums">
          <Time value={record.timestamp} why="This record carries no time" />
          <span>{bytes(record.size)}</span>
          <span>{record.codec ?? "unknown codec"}</span>
          {record.control && <span className="text-muted">{record.control} marker</span>}
        </p>
      )}
      <div
        role="tablist"
        aria-label="Parts of the record"
        className="flex shrink-0 gap-[18px] border-b border-border px-4"
      >
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={name === tab}
            onClick={() => setTab(name)}
            className="-mb-px h-8 border-b-2 border-transparent text-ink-2 hover:text-ink aria-selected:border-accent aria-selected:font-strong aria-selected:text-ink max-md:h-10"
          >
            {name}{" "}
            {name === "Headers" && record && (
              <span className="text-12 font-normal text-muted">{record.headers.length}</span>
            )}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <div role="tabpanel" aria-label={tab} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2!">
        {whole.error !== null && (
          <div className="p-3">
            <ProblemPanel problem={problemOfError(whole.error)} onRetry={() => whole.refetch()} />
          </div>
        )}
        {record?.problem && (
          <div className="p-3">
            <ProblemPanel problem={record.problem} />
          </div>
        )}
        {record && <RecordPart tab={tab} record={record} />}
      </div>
    </aside>
  );
}

function RecordPart({ tab, record }: { tab: (typeof tabs)[number]; record: Message | MessageDetail }) {
  if (tab === "Headers") return <RecordHeaders of={record.headers} />;
  if (tab === "Batch") return <RecordFacts of={record} />;
  const absent = "The batch could not be read, so this is not known.";
  if (tab === "Key")
    return (
      <PayloadView payload={record.key} formats={"keyFormats" in record ? record.keyFormats : []} absent={absent} />
    );
  return (
    <PayloadView payload={record.value} formats={"valueFormats" in record ? record.valueFormats : []} absent={absent} />
  );
}
