"use client";
import { useMemo, useRef } from "react";
import { hexLine, hexLineCount, hexWidth } from "./hex-lines";
import { PayloadLines, type Reveal, useColumns } from "./payload-lines";
import type { Marks } from "./payload-marked";
import { firstAfter } from "./payload-match";

const looks = { none: "", match: "bg-warn-soft", current: "bg-warn-soft inset-ring inset-ring-warn" } as const;

/** How a byte at a place of the digits is marked. */
function markAt({ found, current }: Marks, place: number): keyof typeof looks {
  const match = firstAfter(found, place);
  if ((found.starts[match] ?? Number.POSITIVE_INFINITY) > place) return "none";
  return match === current ? "current" : "match";
}

/** Bytes as a dump: offset, digits, ASCII. `digits` are two a byte. */
export function PayloadHex({ digits, marks, jump }: { digits: string; marks: Marks; jump: object }) {
  const scroller = useRef<HTMLDivElement>(null);
  const width = hexWidth(useColumns(scroller, 40) ?? 0);
  const current = marks.found.starts[marks.current];
  // biome-ignore lint/correctness/useExhaustiveDependencies: a jump to the same place brings it into sight again
  const reveal = useMemo<Reveal>(
    () => (current === undefined ? null : { line: Math.floor(current / (2 * width)) }),
    [current, width, jump],
  );
  return (
    <PayloadLines
      scroller={scroller}
      count={hexLineCount(digits, width)}
      reveal={reveal}
      tabIndex={0}
      role="group"
      aria-label="The bytes in hex"
      className="px-4"
    >
      {(index) => {
        const { at, bytes } = hexLine(digits, width, index);
        const marked = bytes.map((byte) => ({ ...byte, mark: markAt(marks, byte.place) }));
        const missing = width - bytes.length;
        return (
          <div key={index} className="h-[19px] whitespace-pre">
            <span className="text-muted select-none">{at} </span>
            {marked.map(({ place, digits: pair, mark }) => (
              <span key={place}>
                {" "}
                <span className={looks[mark]} data-current={mark === "current" ? "" : undefined}>
                  {pair}
                </span>
              </span>
            ))}
            {"   ".repeat(missing)}
            {"  "}
            <span className="text-ink-2">
              {marked.map(({ place, char, mark }) => (
                <span key={place} className={looks[mark]}>
                  {char}
                </span>
              ))}
            </span>
          </div>
        );
      }}
    </PayloadLines>
  );
}
