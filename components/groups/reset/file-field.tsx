"use client";
import { FileUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { TextArea } from "@/components/ui/text-area";
import type { Problem } from "@/lib/api/problem";
import { bytes, counted } from "@/lib/format";
import { FileProblem } from "./file-problem";
import { Says } from "./move-fields";
import { MOST_CHARACTERS, type OffsetsFile, offsetsFile, withUse } from "./offsets-file";
import { undoInFile } from "./plan-file";

type Props = {
  group: string;
  file: OffsetsFile | null;
  onChange: (file: OffsetsFile | null) => void;
  /** What the API could not read of it; null: it read all, or was not asked yet. */
  problem: Problem | null;
};

const example = "orders,0,107044315\norders,1,107043903";

/** A file of offsets: chosen, dropped or pasted. A downloaded result offers what was before it. */
export function FileField({ group, file, onChange, problem }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [unread, setUnread] = useState<string | null>(null);
  const read = (chosen: File | undefined) => {
    if (chosen === undefined) return;
    if (chosen.size > MOST_CHARACTERS)
      return setUnread(`${chosen.name} has ${bytes(chosen.size)}; at most 3 MB are read.`);
    chosen.text().then(
      (text) => {
        setUnread(null);
        onChange(offsetsFile(chosen.name, text));
      },
      () => setUnread(`${chosen.name} was changed or moved since it was chosen. Choose it again.`),
    );
  };
  const drop = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      read(event.dataTransfer.files[0]);
    },
  };
  return (
    <div className={`flex flex-col gap-2 rounded-control ${isOver ? "outline-2 outline-focus" : ""}`} {...drop}>
      <input
        ref={input}
        type="file"
        accept=".csv,.json,.txt"
        aria-label="File of offsets"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          read(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <span className="flex flex-wrap items-center gap-2">
        <Button icon={FileUp} onClick={() => input.current?.click()}>
          {file?.name ? "Choose another" : "Choose a file"}
        </Button>
        <span className="text-12 text-muted">{file?.name ? "or drop one" : "drop one, or paste below"}</span>
      </span>
      {file?.name ? (
        <Chosen file={file} name={file.name} onChange={onChange} />
      ) : (
        <TextArea
          aria-label="Offsets as CSV or JSON"
          rows={5}
          wrap="off"
          placeholder={example}
          value={file?.text ?? ""}
          invalid={problem !== null}
          onChange={(text) => onChange(text === "" ? null : offsetsFile(null, text))}
        />
      )}
      {file && <ResultUse group={group} file={file} onChange={onChange} />}
      {unread && <Says wrong>{unread}</Says>}
      {problem && <FileProblem problem={problem} />}
      <Says>
        Lines of topic,partition,offset, or JSON of kcl or of a plan or result saved here. It is not part of the
        address: whoever opens the link chooses the file again.
      </Says>
    </div>
  );
}

function Chosen({ file, name, onChange }: { file: OffsetsFile; name: string; onChange: Props["onChange"] }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <b className="min-w-0 font-medium wrap-anywhere">{name}</b>
      <span className="text-12 text-muted">{bytes(file.text.length)}</span>
      <Button look="ghost" onClick={() => onChange(null)}>
        Paste instead
      </Button>
    </span>
  );
}

/** Of a downloaded result: what it changed can be put back, or set once more. */
function ResultUse({ group, file, onChange }: { group: string; file: OffsetsFile; onChange: Props["onChange"] }) {
  const undo = undoInFile(file.text);
  if (undo === null) return null;
  return (
    <div className="flex flex-col gap-1">
      <span>Set, of this result:</span>
      <Segmented
        label="What of this result is set"
        value={file.use}
        options={[
          { value: "undo", label: "What was before" },
          { value: "set", label: "What it set" },
        ]}
        onChange={(use) => onChange(withUse(file, use))}
      />
      <Says>
        The result of a change of {counted(undo.partitions, "partition")}
        {undo.groupId === null ? "" : ` of ${undo.groupId}`}.
        {undo.groupId !== null && undo.groupId !== group && " That is another group than this one."}
      </Says>
    </div>
  );
}
