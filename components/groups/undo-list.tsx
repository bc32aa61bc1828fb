"use client";
import { useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { Int } from "@/components/ui/number";
import { Panel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { Warnings } from "@/components/ui/warnings";
import type { UndoOfGroup } from "@/lib/api/group-offsets";
import { undosQuery } from "@/lib/client/group-offsets";
import { PutBackDialog } from "./put-back-dialog";

const words: Record<UndoOfGroup["what"], string> = {
  "set-offsets": "Offsets set",
  "delete-offsets": "Offsets deleted",
  "delete-group": "Group deleted",
};

/** Changes that are listed at first; older ones after a click. */
const FIRST = 5;

/**
 * The changes of a group's offsets that can be undone, in a panel of its own: what, when, who, how many partitions. Nothing is drawn
 * where there are none, also while they are asked for. Also for a group that was deleted.
 */
export function UndoList({ cluster, group }: { cluster: string; group: string }) {
  const { data } = useQuery({ ...undosQuery(cluster, group), meta: { ageless: true } });
  const [open, setOpen] = useState<UndoOfGroup | null>(null);
  const [isWhole, setWhole] = useState(false);
  if (!data || data.items.length === 0) return null;
  const shown = isWhole ? data.items : data.items.slice(0, FIRST);
  return (
    <Panel title="Can be undone" meta="the newest first" flush>
      {data.warnings.length > 0 && (
        <div className="p-3">
          <Warnings of={data.warnings} />
        </div>
      )}
      <ul>
        {shown.map((item) => (
          <li
            key={`${item.at} ${item.what}`}
            className="flex min-h-9 items-center gap-x-4 border-b border-border px-3 py-1 last:border-b-0"
          >
            <span className="flex min-w-0 flex-1 flex-wrap gap-x-4">
              <span className="w-[120px] font-medium">{words[item.what]}</span>
              <Time value={item.at} seconds />
              <span className="min-w-0 text-muted wrap-anywhere">by {item.actor}</span>
              <span className="text-muted">
                <Int value={item.set} /> {item.set === 1 ? "partition" : "partitions"}
              </span>
            </span>
            <Can permission="groups.alter">
              <Button icon={Undo2} onClick={() => setOpen(item)}>
                Put back…
              </Button>
            </Can>
          </li>
        ))}
      </ul>
      {shown.length < data.items.length && (
        <Button look="ghost" onClick={() => setWhole(true)}>
          Show {data.items.length - shown.length} older
        </Button>
      )}
      {open && <PutBackDialog cluster={cluster} group={group} undo={open} onClose={() => setOpen(null)} />}
    </Panel>
  );
}
