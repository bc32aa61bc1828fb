"use client";
import { useState } from "react";
import { useShortcuts } from "./use-shortcuts";

/**
 * The current row of a list: j and k walk, Enter opens, x selects, Escape leaves. `keyAt` is the key of a row: a list may be long, so
 * only those that are needed are made.
 */
export function useRowKeys({
  count,
  keyAt,
  active,
  reveal,
  open,
  toggle,
}: {
  count: number;
  keyAt: (index: number) => string | undefined;
  active: boolean;
  reveal: (index: number) => void;
  open: (index: number) => void;
  toggle: ((key: string) => void) | null;
}): string | null {
  const [current, setCurrent] = useState<{ key: string; index: number } | null>(null);
  const at = current === null ? -1 : placeOf(current, count, keyAt);
  const walk = (step: number) => {
    const next = Math.max(0, Math.min(count - 1, at + step));
    const key = keyAt(next);
    if (key === undefined) return;
    setCurrent({ key, index: next });
    reveal(next);
  };
  useShortcuts(
    active
      ? {
          j: () => walk(1),
          k: () => walk(-1),
          ...(at >= 0
            ? Object.fromEntries([
                ["Enter", () => open(at)],
                ["Escape", () => setCurrent(null)],
              ])
            : {}),
          ...(at >= 0 && toggle ? { x: () => toggle(keyAt(at) ?? "") } : {}),
        }
      : {},
  );
  return at >= 0 && current !== null ? current.key : null;
}

/** Where a row is now: where it was, unless rows came before it or went. */
function placeOf(
  { key, index }: { key: string; index: number },
  count: number,
  keyAt: (index: number) => string | undefined,
): number {
  if (keyAt(index) === key) return index;
  for (let each = 0; each < count; each++) if (keyAt(each) === key) return each;
  return -1;
}
