import { withoutTurns } from "@/components/ui/turning-signs";
import { type Matches, piecesOf } from "./payload-match";

const looks = {
  match: "rounded-small bg-warn-soft text-inherit inset-ring inset-ring-warn/50",
  current: "rounded-small bg-warn-soft text-inherit inset-ring-2 inset-ring-warn",
} as const;

/** What is marked in a text, and the place of the mark the reader is at. */
export type Marks = { found: Matches; current: number };

/** A part of a text with what was found in it marked. */
export function MarkedPart({ text, start, end, marks }: { text: string; start: number; end: number; marks: Marks }) {
  return piecesOf(start, end, marks.found, marks.current).map((piece) =>
    piece.mark === "none" ? (
      withoutTurns(text.slice(piece.start, piece.end))
    ) : (
      <mark key={piece.start} data-current={piece.mark === "current" ? "" : undefined} className={looks[piece.mark]}>
        {withoutTurns(text.slice(piece.start, piece.end))}
      </mark>
    ),
  );
}
