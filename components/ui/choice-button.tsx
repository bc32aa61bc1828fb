import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { type Glyph, Icon } from "@/components/ui/icon";
import type { Opener } from "@/components/ui/popover";

/** What opens a choice of the toolbar: its icon, its word (muted) and what is chosen. */
export function ChoiceButton({
  icon,
  label,
  opener,
  children,
}: {
  icon?: Glyph;
  label?: string;
  opener: Opener;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      {...opener}
      className="inline-flex h-control max-w-[300px] min-w-0 shrink-0 items-center gap-1.5 rounded-control border border-border-control bg-raised px-2 text-start hover:bg-hover max-md:w-full max-md:max-w-none"
    >
      {icon && <Icon of={icon} className="text-muted" />}
      {label && <span className="whitespace-nowrap text-muted">{label}</span>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <Icon of={ChevronDown} className="ms-2 text-muted" />
    </button>
  );
}
