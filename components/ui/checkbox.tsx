"use client";
import { type ReactNode, useEffect, useRef } from "react";

/** The box alone, for table rows: `label` is its name. `mixed` is drawn as a dash. `onChange` gets the event's Shift key. */
export function CheckBox({
  checked,
  mixed = false,
  label,
  disabled = false,
  onChange,
}: {
  checked: boolean;
  mixed?: boolean;
  label?: string;
  disabled?: boolean;
  onChange: (checked: boolean, shift: boolean) => void;
}) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = mixed && !checked;
  }, [mixed, checked]);
  return (
    <span className="relative inline-grid size-3.5 shrink-0 place-items-center align-middle">
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked, (event.nativeEvent as MouseEvent).shiftKey === true)}
        className="peer size-3.5 cursor-pointer appearance-none rounded-small border border-border-control bg-raised checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:cursor-default disabled:opacity-60"
      />
      <svg
        viewBox="0 0 14 14"
        aria-hidden="true"
        className="pointer-events-none absolute inset-0 hidden text-on-accent peer-checked:block"
      >
        <path
          d="M3.5 7.2 6 9.7l4.5-5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span
        aria-hidden
        className="pointer-events-none absolute hidden h-0.5 w-2 bg-on-accent peer-indeterminate:block"
      />
    </span>
  );
}

/** A check box with its words. `look="button"` draws it as a control of a toolbar ("Internal 12"). */
export function Checkbox({
  checked,
  onChange,
  disabled = false,
  look = "plain",
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  look?: "plain" | "button";
  children: ReactNode;
}) {
  const frame =
    look === "button"
      ? "h-control shrink-0 items-center rounded-control border border-border-strong bg-raised px-2.5 font-medium whitespace-nowrap hover:bg-hover"
      : "items-start [&>span:first-child]:mt-[3px]";
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is inside CheckBox
    <label className={`inline-flex cursor-pointer gap-2 ${frame}`}>
      <CheckBox checked={checked} disabled={disabled} onChange={onChange} />
      <span className="flex min-w-0 flex-wrap items-center gap-x-1.5">{children}</span>
    </label>
  );
}
