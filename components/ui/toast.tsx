"use client";
import { CircleCheck, CircleX, TriangleAlert, X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { Button } from "./button";
import { Icon } from "./icon";
import { IconButton } from "./icon-button";
import { toneInk } from "./tone";

/** What was done, with its undo where there is one. */
export type Notice = { text: string; tone?: "ok" | "warn" | "bad"; action?: { label: string; onSelect: () => void } };

const icons = { ok: CircleCheck, warn: TriangleAlert, bad: CircleX } as const;
const shownFor = 10_000;
const listeners = new Set<() => void>();
let notices: readonly (Notice & { id: number })[] = [];
let last = 0;

function set(next: typeof notices): void {
  notices = next;
  for (const listener of listeners) listener();
}
const remove = (id: number) => set(notices.filter((notice) => notice.id !== id));
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const nothing: typeof notices = [];

/**
 * Says at the foot of the window, for ten seconds, that something was done. What must not be missed belongs on the page. The answer
 * takes it away before its time, as when what it offers was done elsewhere.
 */
export function notify(notice: Notice): () => void {
  last += 1;
  const id = last;
  set([...notices.slice(-2), { ...notice, id }]);
  return () => remove(id);
}

function Toast({ notice }: { notice: Notice & { id: number } }) {
  const { id, text, tone = "ok", action } = notice;
  useEffect(() => {
    const timer = setTimeout(() => remove(id), shownFor);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <div className="floats pointer-events-auto flex min-h-11 max-w-full items-center gap-2 rounded-float border border-border-strong bg-raised ps-3 pe-2 shadow-float">
      <Icon of={icons[tone]} className={toneInk[tone]} />
      <span className="min-w-0 flex-1 py-1.5 wrap-anywhere">{text}</span>
      {action && (
        <Button
          onClick={() => {
            remove(id);
            action.onSelect();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Close" icon={X} onClick={() => remove(id)} />
    </div>
  );
}

/** The place of the notices. The frame holds it once. */
export function Toasts() {
  const shown = useSyncExternalStore(
    subscribe,
    () => notices,
    () => nothing,
  );
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-3 bottom-10 z-20 flex flex-col items-center gap-2 max-md:bottom-16"
    >
      {shown.map((notice) => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </div>
  );
}
