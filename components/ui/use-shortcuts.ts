"use client";
import { useEffect, useRef } from "react";
import { preferences } from "@/lib/client/preferences";

/** What a key does. The key is written as it is typed: `j`, `?`, `g t` for one after the other, `mod+k` for Ctrl or Cmd. */
export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

type Entry = { current: Shortcuts };
const stack: Entry[] = [];
let prefix = "";
let prefixTimer: ReturnType<typeof setTimeout> | undefined;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])"));

/** The latest part of the page that knows the key gets it: a table's `j` before the shell's. */
const find = (keys: string) => stack.findLast((entry) => keys in entry.current)?.current[keys];

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const mod = event.ctrlKey || event.metaKey;
  // Keys with Ctrl or Cmd never stand for text, so they work while typing and cannot be switched off.
  if (!mod && (isTyping(event.target) || !preferences().shortcuts || document.querySelector("dialog[open]"))) return;
  const key = mod ? `mod+${event.key === "Enter" ? "Enter" : event.key.toLowerCase()}` : event.key;
  // Enter on a link or a button belongs to it.
  if (key === "Enter" && event.target instanceof Element && event.target.closest("a, button, summary")) return;
  const action = (prefix !== "" && find(`${prefix} ${key}`)) || find(key);
  clearTimeout(prefixTimer);
  prefix = "";
  if (action) {
    event.preventDefault();
    action(event);
  } else if (!mod && stack.some((entry) => Object.keys(entry.current).some((keys) => keys.startsWith(`${key} `)))) {
    prefix = key;
    prefixTimer = setTimeout(() => {
      prefix = "";
    }, 1000);
  }
}

/** Adds shortcuts while the component is on the page. None fires while typing; one preference switches the single keys off. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    if (stack.length === 0) document.addEventListener("keydown", onKeyDown);
    stack.push(latest);
    return () => {
      stack.splice(stack.indexOf(latest), 1);
      if (stack.length === 0) document.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}
