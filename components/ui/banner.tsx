import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { type Glyph, Icon } from "./icon";
import { type Tone, toneGround, toneInk } from "./tone";

const icons = {
  plain: Info,
  ok: CircleCheck,
  warn: TriangleAlert,
  bad: CircleX,
  info: Info,
  accent: Info,
} as const satisfies Record<Tone, Glyph>;

/** One or two sentences about the whole page or panel, with what to do at the right. The first words in `<b>` say what happened. */
export function Banner({
  tone = "info",
  icon = icons[tone],
  actions,
  children,
}: {
  tone?: Tone;
  icon?: Glyph;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const ground = tone === "plain" ? "border-border bg-sunken" : `border-transparent ${toneGround[tone]}`;
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className={`flex shrink-0 items-start gap-2.5 rounded-panel border px-3 py-2 max-md:flex-wrap ${ground}`}
    >
      <Icon of={icon} className={`mt-[3px] ${toneInk[tone]}`} />
      <div className="min-w-0 max-w-[110ch] flex-1 wrap-anywhere max-md:basis-[220px]">{children}</div>
      {actions && <div className="flex shrink-0 items-center gap-2 max-md:ms-6 md:ms-auto">{actions}</div>}
    </div>
  );
}
