import type { ReactNode } from "react";

/** One of a few, a line each; those of one choice share `name` and stand in a fieldset with a legend. `note` is muted behind the words. */
export function Radio({
  name,
  checked,
  onChoose,
  note,
  children,
}: {
  name: string;
  checked: boolean;
  onChoose: () => void;
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <label
      className={`-mx-2 flex min-h-[26px] cursor-pointer items-center gap-2 rounded-control px-2 max-md:min-h-10 ${checked ? "bg-selected" : "hover:bg-hover"}`}
    >
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={onChoose}
        className="size-3.5 shrink-0 cursor-pointer appearance-none rounded-full border border-border-control bg-raised checked:border-4 checked:border-accent"
      />
      <span className={checked ? "font-strong" : ""}>{children}</span>
      {note !== undefined && <span className="min-w-0 truncate text-12 text-muted">{note}</span>}
    </label>
  );
}
