"use client";
import { Copy, Eraser, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { copyText } from "@/components/ui/copy-button";
import { SelectionBar } from "@/components/ui/selection-bar";
import { notify } from "@/components/ui/toast";
import type { TopicSummary } from "@/lib/api/topics";
import { counted } from "@/lib/format";
import { BulkDialog, type BulkKind } from "./bulk-dialog";
import { holdsWords } from "./words";

/** What the selected topics hold, and what can be done with all of them. The dialog outlives its topics: it says what became of each. */
export function TopicsSelection({
  cluster,
  chosen,
  onClear,
}: {
  cluster: string;
  chosen: TopicSummary[];
  onClear: () => void;
}) {
  const [open, setOpen] = useState<{ kind: BulkKind; topics: TopicSummary[] } | null>(null);
  const copy = async () => {
    const copied = await copyText(chosen.map(({ name }) => name).join("\n"));
    notify({
      text: copied ? `${counted(chosen.length, "name")} copied.` : "The browser did not allow copying.",
      tone: copied ? "ok" : "warn",
    });
  };
  return (
    <>
      {chosen.length > 0 && (
        <SelectionBar what={counted(chosen.length, "topic")} holds={holdsWords(chosen)} onClear={onClear}>
          <Button icon={Copy} onClick={copy}>
            Copy names
          </Button>
          <Can permission="messages.delete">
            <Button icon={Eraser} onClick={() => setOpen({ kind: "purge", topics: chosen })}>
              Purge records…
            </Button>
          </Can>
          <Can permission="topics.delete">
            <Button look="danger" icon={Trash2} onClick={() => setOpen({ kind: "delete", topics: chosen })}>
              Delete…
            </Button>
          </Can>
        </SelectionBar>
      )}
      {open && (
        <BulkDialog
          cluster={cluster}
          kind={open.kind}
          topics={open.topics}
          onClose={(done) => {
            setOpen(null);
            if (done) onClear();
          }}
        />
      )}
    </>
  );
}
