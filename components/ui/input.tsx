"use client";
import { Search, X } from "lucide-react";
import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";
import { Icon } from "./icon";
import { useShortcuts } from "./use-shortcuts";
import { useTypedEarly } from "./use-typed-early";

const box =
  "h-control min-w-0 rounded-control border bg-raised px-2 text-ink focus:border-focus focus:ring-2 focus:ring-accent-soft focus:outline-none disabled:bg-sunken disabled:text-muted max-md:text-[16px]";

type Plain = Omit<ComponentProps<"input">, "onChange"> & {
  /** What a machine reads (a config value, a host) is set in mono. */
  mono?: boolean;
  invalid?: boolean;
  onChange?: (value: string) => void;
};

/** A text box. It needs a `<Field>` around it or an `aria-label`. */
export function Input({ mono = false, invalid = false, onChange, className = "", ...rest }: Plain) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...rest}
      aria-invalid={invalid || undefined}
      onChange={(event) => onChange?.(event.target.value)}
      className={`${box} ${invalid ? "border-bad" : "border-border-control"} ${mono ? "font-mono text-12" : ""} ${className}`}
    />
  );
}

/** A label above its control, and below it a hint or, once it is wrong, what is wrong. The control gets the ids by render. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  children: (control: { id: string; "aria-describedby": string | undefined; invalid: boolean }) => ReactNode;
}) {
  const id = useId();
  const says = error ?? hint;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": says ? `${id}-says` : undefined, invalid: Boolean(error) })}
      {says && (
        <span id={`${id}-says`} className={`text-12 ${error ? "text-bad" : "text-muted"}`}>
          {says}
        </span>
      )}
    </div>
  );
}

/** The filter of a list: `/` focuses it, Escape clears it, then leaves it. */
export function FilterInput({
  value,
  onChange,
  placeholder = "Filter: words, !not, /regex/",
  invalid = false,
  className = "",
  focused = false,
  onEnter,
}: {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  invalid?: boolean;
  className?: string;
  /** It has the focus at once: for what opens only to be filtered. */
  focused?: boolean;
  onEnter?: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useTypedEarly(() => input.current, value, onChange);
  useEffect(() => {
    // Not by `autoFocus`, which React does before a popover is shown.
    if (focused) input.current?.focus();
  }, [focused]);
  useShortcuts({
    "/": () => {
      input.current?.focus();
      input.current?.select();
    },
  });
  return (
    <span className={`relative flex min-w-0 flex-1 items-center md:max-w-[420px] ${className}`}>
      <Icon of={Search} className="pointer-events-none absolute left-2 text-muted" />
      <input
        ref={input}
        type="search"
        aria-label={placeholder}
        aria-invalid={invalid || undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") onEnter?.();
          if (event.key !== "Escape") return;
          if (value === "") event.currentTarget.blur();
          else onChange("");
        }}
        className={`${box} peer w-full appearance-none [&::-webkit-search-cancel-button]:hidden ps-[29px]! pe-7! ${invalid ? "border-bad" : "border-border-control"}`}
      />
      {value === "" ? (
        <kbd className="pointer-events-none absolute right-1.5 rounded-small border border-border-strong bg-surface px-1 font-sans text-11 leading-4 text-muted peer-focus:hidden max-md:hidden">
          /
        </kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear filter"
          onClick={() => onChange("")}
          className="absolute right-1 grid size-5 place-items-center rounded-small text-muted hover:bg-hover"
        >
          <Icon of={X} size={12} />
        </button>
      )}
    </span>
  );
}
