import type { LucideIcon } from "lucide-react";

export type Glyph = LucideIcon;

/** An icon beside a word: 14 px, drawn thin, hidden from screen readers (the word says it). */
export function Icon({ of: Drawing, size = 14, className = "" }: { of: Glyph; size?: number; className?: string }) {
  return <Drawing aria-hidden size={size} strokeWidth={1.75} className={`shrink-0 ${className}`} />;
}
