import type { Payload } from "@/lib/api/payloads";
import { markedPlaces, piecesOf } from "./marked-pieces";
import { NullMark } from "./null-mark";
import { withoutTurns } from "./turning-signs";

/** Characters of a payload in a table row; nobody's screen is wider. */
const CELL_CHARS = 400;
/** A first mark further in than this is likely cut off; the row then begins a little before it. */
const SEEN_CHARS = 70;
const BEFORE_MARK = 24;

type Props = { of: Payload | null | undefined; marks?: readonly string[]; caseMatters?: boolean };

/** A payload in one line, with what was looked for marked. Absent: its batch could not be read. */
export function PayloadCell({ of: payload, marks = [], caseMatters = false }: Props) {
  if (payload === undefined) return <NullMark kind="absent" />;
  if (payload === null) return <NullMark kind="null" />;
  if (payload.size === 0) return <NullMark kind="empty" />;
  const isHex = payload.format === "hex";
  const first = marks.length > 0 && !isHex ? (markedPlaces(payload.text, marks, caseMatters)[0]?.at ?? 0) : 0;
  const from = first > SEEN_CHARS ? first - BEFORE_MARK : 0;
  const cut = payload.text.slice(from, from + CELL_CHARS);
  const text = isHex ? cut : cut.replace(/\s+/g, " ");
  return (
    <span className="font-mono text-12">
      {isHex && <span className="text-muted">0x</span>}
      {from > 0 && <span className="text-muted">…</span>}
      <Marked text={text} marks={isHex ? [] : marks} caseMatters={caseMatters} />
    </span>
  );
}

/** A text with what was looked for marked. */
export function Marked({ text, marks, caseMatters }: { text: string; marks: readonly string[]; caseMatters: boolean }) {
  if (marks.length === 0) return withoutTurns(text);
  return piecesOf(text, marks, caseMatters).map(({ text: piece, marked, at }) =>
    marked ? (
      <mark key={at} className="rounded-[2px] bg-warn-soft text-inherit outline-1 outline-warn/45">
        {withoutTurns(piece)}
      </mark>
    ) : (
      withoutTurns(piece)
    ),
  );
}
