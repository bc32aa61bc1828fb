"use client";
import { useState } from "react";
import { useShortcuts } from "./use-shortcuts";

/** The current row of a list: j and k walk, Enter opens, x selects, Escape leaves. `keys` are the rows' keys in their order. */
export function useRowKeys({
  keys,
  active,
  reveal,
  open,
  toggle,
}: {
  keys: string[];
  active: boolean;
  reveal: (index: number) => void;
  open: (index: number) => void;
  toggle: ((key: string) => void) | null;
}): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  const at = current === null ? -1 : keys.indexOf(current);
  const walk = (step: number) => {
    const next = Math.max(0, Math.min(keys.length - 1, at + step));
    const key = keys[next];
    if (key === undefined) return;
    setCurrent(key);
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
          ...(at >= 0 && toggle ? { x: () => toggle(keys[at] ?? "") } : {}),
        }
      : {},
  );
  return at >= 0 ? current : null;
}
