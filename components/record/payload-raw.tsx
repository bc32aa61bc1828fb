"use client";
import { useMemo, useRef, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { counted } from "@/lib/format";
import { PayloadLines, type Reveal, useColumns } from "./payload-lines";
import { MarkedPart, type Marks } from "./payload-marked";
import { rowAt, rowEnd, rowStarts } from "./payload-rows";
import { type XmlKind, type XmlParts, xmlParts } from "./payload-xml";

const colours: Record<XmlKind, string> = { text: "", tag: "text-accent", string: "text-ok", note: "text-muted" };
const plain: XmlParts = { starts: [0], kinds: ["text"] };

/** A text as it is, wrapped or not. XML is coloured, never laid out anew. */
export function PayloadRaw({ text, isXml, marks, jump }: { text: string; isXml: boolean; marks: Marks; jump: object }) {
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useColumns(scroller, 40);
  const [wraps, setWraps] = useState(true);
  const rows = useMemo(() => rowStarts(text, wraps ? columns : null), [text, wraps, columns]);
  const parts = useMemo(() => (isXml ? xmlParts(text) : plain), [isXml, text]);
  const current = marks.found.starts[marks.current];
  // biome-ignore lint/correctness/useExhaustiveDependencies: a jump to the same place brings it into sight again
  const reveal = useMemo<Reveal>(
    () => (current === undefined ? null : { line: rowAt(rows, current) }),
    [rows, current, jump],
  );
  return (
    <>
      <PayloadLines
        scroller={scroller}
        count={rows.length - 1}
        reveal={reveal}
        tabIndex={0}
        role="group"
        aria-label="The text as it is"
        className="px-4"
      >
        {(index) => {
          const start = rows[index] ?? 0;
          const end = rowEnd(text, start, rows[index + 1] ?? text.length);
          return (
            <div key={index} className="h-[19px] whitespace-pre">
              <Row text={text} start={start} end={end} parts={parts} marks={marks} />
            </div>
          );
        }}
      </PayloadLines>
      <p className="flex shrink-0 items-center gap-3 border-t border-border px-4 py-1 text-12 text-muted tabular-nums">
        <Checkbox checked={wraps} onChange={setWraps}>
          Wrap
        </Checkbox>
        <span>{counted(text.length, "character")}</span>
      </p>
    </>
  );
}

type RowProps = { text: string; start: number; end: number; parts: XmlParts; marks: Marks };

function Row({ text, start, end, parts, marks }: RowProps) {
  const first = rowAt(parts.starts, start, parts.starts.length);
  const pieces: { start: number; end: number; kind: XmlKind }[] = [];
  for (let at = first; at < parts.starts.length; at++) {
    const from = Math.max(start, parts.starts[at] ?? 0);
    if (from >= end && at > first) break;
    pieces.push({
      start: from,
      end: Math.min(end, parts.starts[at + 1] ?? text.length),
      kind: parts.kinds[at] ?? "text",
    });
  }
  return pieces.map((piece) => (
    <span key={piece.start} className={colours[piece.kind]}>
      <MarkedPart text={text} start={piece.start} end={piece.end} marks={marks} />
    </span>
  ));
}
