"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, Link as LinkIcon, X } from "lucide-react";
import { useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Late } from "@/components/ui/loaded";
import { Int } from "@/components/ui/number";
import { ProblemPanel } from "@/components/ui/problem-panel";
import { Skeleton } from "@/components/ui/skeleton";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import type { Message } from "@/lib/api/messages";
import { queryString, url } from "@/lib/api/url";
import { messageQuery } from "@/lib/client/messages";
import { type Marks, noMarks } from "../messages/marks";
import { useMessageFormats } from "./payload-formats";
import { PayloadView } from "./payload-view";
import { RecordActions } from "./record-actions";
import { RecordFacts } from "./record-facts";
import { HeadersBrief, RecordHeaders } from "./record-headers";
import { RecordMissing } from "./record-missing";
import { RecordSummary } from "./record-summary";
import { type RecordTab, RecordTabs } from "./record-tabs";
import { useRecordWidth } from "./record-width";

type Props = {
  cluster: string;
  topic: string;
  /** `partition:offset`. */
  place: string;
  /** The record as the table has it; null where it is on no page that was loaded. */
  listed: Message | null;
  /** Texts that a search looks for. */
  marks?: Marks;
  /** Null at the first and the last row. */
  onStep: { previous: (() => void) | null; next: (() => void) | null };
  onClose: () => void;
};

/** One record, opened at the side of the table, over it on a narrow screen, instead of it on a phone. */
export function RecordPanel({ cluster, topic, place, listed, marks = noMarks, onStep, onClose }: Props) {
  const [tab, setTab] = useState<RecordTab>("Value");
  const [formats, choose] = useMessageFormats(cluster, topic);
  const { width, edge } = useRecordWidth();
  const whole = useQuery({
    ...messageQuery(cluster, topic, place, formats),
    enabled: !listed?.problem,
    // Another format of the same record takes the place of the first when it is there.
    placeholderData: (old) => (old && `${old.partition}:${old.offset}` === place ? old : undefined),
  });
  const record: Message | null = whole.data ?? listed;
  const [partition = "", offset = ""] = place.split(":");
  useShortcuts({ j: () => onStep.next?.(), k: () => onStep.previous?.(), Escape: onClose });
  const link = () =>
    window.location.origin +
    url`/clusters/${cluster}/topics/${topic}/messages` +
    queryString({ from: `offset:${partition}=${offset}`, ...formats, at: place });
  const at = { cluster, topic, place };
  return (
    <aside
      aria-label={`Record at partition ${partition}, offset ${offset}`}
      style={{ "--width": `${width}px` } as React.CSSProperties}
      className="relative flex min-h-0 w-(--width) max-w-[calc(100vw-160px)] shrink-0 flex-col border-s border-border bg-surface lg:max-w-[calc(100%-240px)] max-[1099px]:absolute max-[1099px]:inset-y-0 max-[1099px]:right-0 max-[1099px]:z-10 max-[1099px]:shadow-float max-md:fixed max-md:inset-0 max-md:z-40 max-md:w-auto max-md:max-w-none max-md:border-0"
    >
      {edge}
      <header className="flex h-11 shrink-0 items-center gap-1 border-b border-border ps-4 pe-2.5">
        <h2 className="min-w-0 truncate font-bold">
          <span className="max-md:hidden">
            Partition {partition}, offset <Int value={offset} plainZero />
          </span>
          <span className="md:hidden">
            p{partition} <Int value={offset} plainZero />
          </span>
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
        <CopyButton label="Copy the link to this record" icon={LinkIcon} value={link} className="max-md:hidden" />
        <RecordActions {...at} record={record} link={link} />
        <IconButton label="Close (Escape)" icon={X} onClick={onClose} />
      </header>
      {record && <RecordSummary of={record} />}
      <RecordTabs tab={tab} onTab={setTab} headers={record?.headers.length ?? null} />
      <div role="tabpanel" aria-label={tab} className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        {whole.error !== null && <RecordMissing {...at} error={whole.error} onRetry={() => whole.refetch()} />}
        {record === null && whole.error === null && (
          <Late>
            <Skeleton rows={8} />
          </Late>
        )}
        {record?.problem && (
          <div className="p-3">
            <ProblemPanel problem={record.problem} />
          </div>
        )}
        {record && tab === "Headers" && <RecordHeaders key={place} of={record.headers} />}
        {record && tab === "Batch" && <RecordFacts of={record} />}
        {record && !record.problem && tab === "Key" && (
          <PayloadView
            key="key"
            {...at}
            part="key"
            payload={record.key}
            formats={whole.data?.keyFormats ?? []}
            choice={formats.keyFormat}
            onChoose={(keyFormat) => choose({ keyFormat })}
            marks={marks}
          />
        )}
        {record && !record.problem && tab === "Value" && (
          <PayloadView
            key="value"
            {...at}
            part="value"
            payload={record.value}
            formats={whole.data?.valueFormats ?? []}
            choice={formats.valueFormat}
            onChoose={(valueFormat) => choose({ valueFormat })}
            marks={marks}
          >
            <HeadersBrief of={record.headers} onAll={() => setTab("Headers")} />
          </PayloadView>
        )}
      </div>
    </aside>
  );
}
