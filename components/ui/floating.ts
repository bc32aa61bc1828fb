import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

export type Side = "top" | "bottom";
export type Align = "start" | "center" | "end";

const margin = 8;

/** Puts `popup` beside `anchor` inside the window: on the wished side if it fits there, else on the other. */
export function place(anchor: HTMLElement, popup: HTMLElement, side: Side, align: Align, gap = 4): void {
  const at = anchor.getBoundingClientRect();
  popup.style.maxHeight = `${window.innerHeight - 2 * margin}px`;
  const { width, height } = popup.getBoundingClientRect();
  const above = at.top - gap - height;
  const below = at.bottom + gap;
  const fitsAbove = above >= margin;
  const fitsBelow = below + height <= window.innerHeight - margin;
  const top = side === "top" ? (fitsAbove || !fitsBelow ? above : below) : fitsBelow || !fitsAbove ? below : above;
  const left = { start: at.left, center: at.left + (at.width - width) / 2, end: at.right - width }[align];
  const clamp = (value: number, size: number, room: number) => Math.max(margin, Math.min(value, room - size - margin));
  popup.style.left = `${clamp(left, width, window.innerWidth)}px`;
  popup.style.top = `${clamp(top, height, window.innerHeight)}px`;
}

type Floating = {
  open: boolean;
  /** Told when the browser closes it: Escape, a click elsewhere. */
  onClose: () => void;
  anchor: RefObject<HTMLElement | null>;
  side?: Side;
  align?: Align;
};

/**
 * Shows an element with the `popover` attribute in the browser's top layer, beside its anchor. The browser itself closes an
 * `auto` one on Escape or a click elsewhere, and the DOM order stays, so Tab goes from the button into what it opened.
 */
export function useFloating<Popup extends HTMLElement = HTMLDivElement>({
  open,
  onClose,
  anchor,
  side = "bottom",
  align = "start",
}: Floating) {
  const popup = useRef<Popup>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => {
    const element = popup.current;
    const from = anchor.current;
    if (!open || element === null || from === null) return;
    element.showPopover();
    const follow = () => place(from, element, side, align);
    follow();
    const toggled = (event: Event) => {
      if ((event as ToggleEvent).newState === "closed") close.current();
    };
    const sizes = new ResizeObserver(follow);
    sizes.observe(element);
    element.addEventListener("toggle", toggled);
    window.addEventListener("resize", follow);
    window.addEventListener("scroll", follow, true);
    return () => {
      sizes.disconnect();
      element.removeEventListener("toggle", toggled);
      window.removeEventListener("resize", follow);
      window.removeEventListener("scroll", follow, true);
      if (element.matches(":popover-open")) element.hidePopover();
    };
  }, [open, anchor, side, align]);
  return popup;
}

/** The look of everything that floats: border, raised ground and the only shadow in the app. */
export const floatLook =
  "floats fixed overflow-auto rounded-panel border border-border-strong bg-raised text-ink shadow-float outline-none";
