import { useCallback, useMemo } from "react";
import type { Message } from "@/lib/api/messages";
import { placeOf } from "./message-columns";

type SetAt = (change: { at: string }, how?: "push" | "replace") => void;

/**
 * The record that is opened (`at`: `partition:offset`; `""`: none) among the rows: its index, -1 where it is not one of
 * them, how another is opened, and the ways to its neighbours, null where there is none.
 */
export function useOpened(rows: readonly Message[] | null, at: string, setAt: SetAt) {
  const place = useMemo(
    () => (at === "" ? -1 : (rows?.findIndex((message) => placeOf(message) === at) ?? -1)),
    [rows, at],
  );
  const onOpen = useCallback(
    (message: Message) => setAt({ at: placeOf(message) }, at === "" ? "push" : "replace"),
    [setAt, at],
  );
  const open = (index: number) => {
    const message = rows?.[index];
    return message ? () => setAt({ at: placeOf(message) }) : null;
  };
  const onStep = { previous: place > 0 ? open(place - 1) : null, next: place >= 0 ? open(place + 1) : null };
  return { place, onOpen, onStep };
}
