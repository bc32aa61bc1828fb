"use client";
import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./icon-button";

const focusable =
  'button:not(:disabled), a[href], input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

const field = 'input:not(:disabled, [type="checkbox"]), select:not(:disabled), textarea:not(:disabled)';

/** Tab goes round inside: without this the browser's own dialog lets it out into the address bar. */
function keepFocus(event: KeyboardEvent<HTMLDialogElement>): void {
  if (event.key !== "Tab") return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(focusable)].filter((element) =>
    element.checkVisibility(),
  );
  const [first, last] = [stops[0], stops.at(-1)];
  if (event.shiftKey && (document.activeElement === first || document.activeElement === event.currentTarget)) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first?.focus();
  }
}

/**
 * A dialog over the page. Everything else is inert, Escape closes, the focus returns to where it was. The element with `data-focus`
 * has the focus first, else the first field to fill in, else the dialog itself. On a phone it stands at the bottom. `footer` holds the buttons.
 */
export function Dialog({
  open,
  onClose,
  title,
  width = 480,
  footer,
  bare = false,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  width?: number;
  footer?: ReactNode;
  /** Without head and padding: the title only names it. */
  bare?: boolean;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!open || element === null) return;
    const before = document.activeElement;
    element.showModal();
    const first = element.querySelector<HTMLElement>("[data-focus]") ?? element.querySelector<HTMLElement>(field);
    // Not the button that closes it, whose tooltip would lie on what is read.
    (first ?? element).focus();
    return () => {
      element.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [open]);
  if (!open) return null;
  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      aria-labelledby={id}
      onKeyDown={keepFocus}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      style={{ width }}
      className={`floats outline-none mx-auto flex max-h-[calc(100dvh-32px)] max-w-[calc(100vw-24px)] flex-col rounded-panel border border-border-strong bg-raised p-0 text-ink shadow-float backdrop:bg-scrim ${bare ? "mt-[12vh] mb-auto" : "my-auto max-md:mb-3"}`}
    >
      {bare ? (
        <>
          <h2 id={id} className="sr-only">
            {title}
          </h2>
          {children}
        </>
      ) : (
        <>
          <header className="flex min-h-10 shrink-0 items-center gap-2 border-b border-border ps-3 pe-1.5">
            <h2 id={id} className="min-w-0 flex-1 py-1.5 font-bold wrap-anywhere">
              {title}
            </h2>
            <IconButton label="Close" icon={X} onClick={onClose} />
          </header>
          <div className="flex min-h-0 flex-1 flex-col gap-2.5 overflow-y-auto px-3 py-2.5">{children}</div>
          {footer && <footer className="flex shrink-0 flex-wrap justify-end gap-2 px-3 pt-1 pb-3">{footer}</footer>}
        </>
      )}
    </dialog>
  );
}
