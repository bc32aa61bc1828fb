import type { ReactNode } from "react";
import { type Glyph, Icon } from "./icon";
import { type Tone, toneGround, toneInk } from "./tone";

/** A few words on a soft ground: `internal`, `4 under-replicated`. The words say it; the colour only helps. */
export function Badge({ tone = "plain", icon, children }: { tone?: Tone; icon?: Glyph; children: ReactNode }) {
  const look =
    tone === "plain" ? "bg-sunken text-ink-2 inset-ring inset-ring-border" : `${toneGround[tone]} ${toneInk[tone]}`;
  return (
    <span
      className={`inline-flex h-[18px] items-center gap-1 rounded-small px-1.5 text-11 leading-[18px] font-medium whitespace-nowrap ${look}`}
    >
      {icon && <Icon of={icon} size={12} />}
      {children}
    </span>
  );
}
