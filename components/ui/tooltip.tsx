"use client";
import { type FocusEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { floatLook, type Side, useFloating } from "./floating";

/**
 * A sentence about the control inside, on hover and on focus. `text` null: nothing is added. It describes the control (a
 * screen reader reads it after the name), so an icon button still needs a name of its own.
 */
export function Tooltip({
  text,
  side = "bottom",
  className = "inline-flex",
  children,
}: {
  text: ReactNode;
  side?: Side;
  className?: string;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  const popup = useFloating<HTMLSpanElement>({ open, onClose: () => setOpen(false), anchor, side, align: "center" });
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    const control = anchor.current?.querySelector<HTMLElement>("button, a, input, [tabindex]");
    if (text === null || text === undefined || !control) return;
    control.setAttribute("aria-describedby", id);
    return () => control.removeAttribute("aria-describedby");
  }, [id, text]);
  if (text === null || text === undefined) return children;
  const show = (wait: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(true), wait);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setOpen(false);
  };
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    if (event.target.matches(":focus-visible")) show(0);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what happens to the control inside
    <span
      ref={anchor}
      className={className}
      onPointerEnter={(event) => show(event.pointerType === "touch" ? 0 : 400)}
      onPointerLeave={hide}
      onPointerDown={(event) => event.pointerType === "touch" || hide()}
      onFocus={onFocus}
      onBlur={hide}
      onKeyDown={(event) => event.key === "Escape" && hide()}
    >
      {children}
      <span
        ref={popup}
        id={id}
        role="tooltip"
        popover="manual"
        className={`${floatLook} max-w-[320px] px-2 py-1 text-12 font-normal whitespace-normal`}
      >
        {text}
      </span>
    </span>
  );
}
