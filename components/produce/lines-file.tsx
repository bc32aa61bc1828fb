import { FileUp } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { bytes } from "@/lib/format";
import type { LinesSource } from "./use-lines-run";

type Props = {
  /** null: the lines are pasted. */
  chosen: LinesSource | null;
  onChoose: (source: LinesSource | null) => void;
};

/** The file that lines are read from, or the way to one. */
export function LinesFile({ chosen, onChoose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const choose = (file: File | undefined) => {
    if (file) onChoose({ id: Date.now(), name: file.name, file });
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <input
        ref={input}
        type="file"
        accept=".jsonl,.ndjson,.json,.txt"
        aria-label="File of JSON lines"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          choose(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <Button icon={FileUp} onClick={() => input.current?.click()}>
        {chosen ? "Choose another file" : "Choose a file"}
      </Button>
      {chosen ? (
        <>
          <span className="min-w-0 wrap-anywhere">
            <b>{chosen.name}</b> <span className="text-muted">{bytes(chosen.file.size)}</span>
          </span>
          <Button look="ghost" onClick={() => onChoose(null)}>
            Paste instead
          </Button>
        </>
      ) : (
        <span className="text-muted">or paste below</span>
      )}
    </div>
  );
}
