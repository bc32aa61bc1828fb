"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { floatLook, useFloating } from "./floating";
import { Link } from "./link";
import { type TermId, terms } from "./terms";

/**
 * A Kafka word with a dotted underline that opens its explanation on hover, focus or tap. Children are the word as it stands in
 * the text; without them it is the dictionary's. Not for use inside links, buttons or table headers (see `Column.term`).
 */
export function Term({ id, children }: { id: TermId; children?: ReactNode }) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const popup = useFloating<HTMLSpanElement>({ open, onClose: () => setOpen(false), anchor });
  useEffect(() => () => clearTimeout(timer.current), []);
  const soon = (next: boolean, wait: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(next), wait);
  };
  const { word, text } = terms[id];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it follows the pointer and the focus over the button and what it opens
    <span
      ref={anchor}
      onPointerEnter={(event) => event.pointerType === "mouse" && soon(true, 250)}
      onPointerLeave={(event) => event.pointerType === "mouse" && soon(false, 200)}
      onFocus={(event) => event.target.matches(":focus-visible") && soon(true, 0)}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || soon(false, 0)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        soon(false, 0);
      }}
    >
      <button type="button" className="term" aria-expanded={open} onClick={() => soon(true, 0)}>
        {children ?? word}
      </button>
      {open && (
        <span
          ref={popup}
          popover="auto"
          className={`${floatLook} w-[300px] max-w-[calc(100vw-16px)] px-3 py-2.5 text-start text-12 font-normal tracking-normal whitespace-normal text-ink`}
        >
          <b>{word}</b> <span className="text-muted">·</span> {text}{" "}
          <Link href={`/help#${id}`} look="text">
            All terms
          </Link>
        </span>
      )}
    </span>
  );
}
