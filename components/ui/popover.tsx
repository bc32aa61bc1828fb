"use client";
import { type ReactNode, useRef, useState } from "react";
import { Button, type ButtonProps } from "./button";
import { type Align, floatLook, type Side, useFloating } from "./floating";

/** Props of the control that opens something: spread them on a button. */
export type Opener = {
  ref: React.RefObject<HTMLButtonElement | null>;
  "aria-expanded": boolean;
  "aria-haspopup": "dialog" | "menu";
  onPointerDown: () => void;
  onClick: (event: React.MouseEvent) => void;
};

/** Whether something floating is open, and the props of its button. The browser closes it before the click of its own button arrives. */
export function useOpener(kind: Opener["aria-haspopup"]): { open: boolean; close: () => void; opener: Opener } {
  const [open, setOpen] = useState(false);
  const ref = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const opener: Opener = {
    ref,
    "aria-expanded": open,
    "aria-haspopup": kind,
    onPointerDown: () => {
      wasOpen.current = open;
    },
    onClick: (event) => setOpen(event.detail === 0 ? !open : !wasOpen.current),
  };
  return { open, close: () => setOpen(false), opener };
}

/**
 * Something small beside the button that opened it. Escape and a click elsewhere close it. `button` draws another opener;
 * children may be a function that gets `close`.
 */
export function Popover({
  label,
  button,
  side = "bottom",
  align = "end",
  width = 320,
  children,
  ...rest
}: Omit<ButtonProps, "children"> & {
  label: string;
  button?: (opener: Opener) => ReactNode;
  side?: Side;
  align?: Align;
  width?: number;
  children: ReactNode | ((close: () => void) => ReactNode);
}) {
  const { open, close, opener } = useOpener("dialog");
  const popup = useFloating({ open, onClose: close, anchor: opener.ref, side, align });
  return (
    <>
      {button ? (
        button(opener)
      ) : (
        <Button {...rest} {...opener}>
          {label}
        </Button>
      )}
      {open && (
        <div
          ref={popup}
          popover="auto"
          role="dialog"
          aria-label={label}
          className={`${floatLook} p-3 whitespace-normal`}
          style={{ width, maxWidth: "calc(100vw - 16px)" }}
        >
          {typeof children === "function" ? children(close) : children}
        </div>
      )}
    </>
  );
}
