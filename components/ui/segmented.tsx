import type { ReactNode } from "react";

/** One of a few, side by side. `label` names the choice. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: { value: Value; label: ReactNode }[];
  onChange: (value: Value) => void;
}) {
  return (
    <fieldset className="inline-flex h-control w-fit shrink-0 divide-x divide-border rounded-control border border-border-control bg-raised">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className="flex items-center gap-1.5 px-2.5 text-12 whitespace-nowrap text-ink-2 first-of-type:rounded-s-[3px] last-of-type:rounded-e-[3px] aria-pressed:bg-selected aria-pressed:font-strong aria-pressed:text-ink"
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
