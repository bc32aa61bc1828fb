import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { Icon } from "./icon";

export type Option<Value extends string> = { value: Value; label: string; disabled?: boolean };

/** One of many. The browser's own list: it works by keyboard, by typing and on a phone. It needs a `<Field>` or an `aria-label`. */
export function Select<Value extends string>({
  value,
  options,
  onChange,
  className = "",
  ...rest
}: Omit<ComponentProps<"select">, "value" | "onChange"> & {
  value: Value;
  options: Option<Value>[];
  onChange: (value: Value) => void;
}) {
  return (
    <span className={`relative inline-flex min-w-0 items-center ${className}`}>
      <select
        {...rest}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
        className="h-control w-full min-w-0 cursor-pointer appearance-none truncate rounded-control border border-border-control bg-raised ps-2 pe-7 text-ink disabled:bg-sunken disabled:text-muted"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon of={ChevronDown} className="pointer-events-none absolute right-2 text-muted" />
    </span>
  );
}
