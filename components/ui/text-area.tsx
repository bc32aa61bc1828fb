import type { ComponentProps } from "react";

type Props = Omit<ComponentProps<"textarea">, "onChange"> & {
  invalid?: boolean;
  onChange: (value: string) => void;
};

/** Lines that a machine reads: payloads, JSON, lists. It needs a `<Field>` around it or an `aria-label`. */
export function TextArea({ invalid = false, onChange, className = "", ...rest }: Props) {
  return (
    <textarea
      autoComplete="off"
      spellCheck={false}
      {...rest}
      aria-invalid={invalid || undefined}
      onChange={(event) => onChange(event.target.value)}
      className={`w-full min-w-0 resize-y rounded-control border bg-raised px-2 py-1 font-mono text-12 leading-[18px] text-ink focus:border-focus focus:ring-2 focus:ring-accent-soft focus:outline-none disabled:bg-sunken max-md:text-[16px] ${invalid ? "border-bad" : "border-border-control"} ${className}`}
    />
  );
}
