import { CircleCheck, CircleDashed, CirclePause, CircleStop, TrendingDown, TrendingUp } from "lucide-react";
import type { LagStatus } from "@/lib/api/groups";
import { type Glyph, Icon } from "./icon";
import { type Tone, toneInk } from "./tone";

/** How a group does: its word, its icon, what it means, and the tone of its icon and its line. The worst first. */
export const lagStatusLooks = {
  stalled: {
    word: "Stalled",
    icon: CirclePause,
    tone: "bad",
    line: "bad",
    means: "Members, no commits, lag left",
  },
  stopped: { word: "Stopped", icon: CircleStop, tone: "bad", line: "plain", means: "No members, lag left" },
  "falling-behind": {
    word: "Falling behind",
    icon: TrendingUp,
    tone: "warn",
    line: "warn",
    means: "Reads, but more arrives",
  },
  "catching-up": {
    word: "Catching up",
    icon: TrendingDown,
    tone: "ok",
    line: "ok",
    means: "Lag shrinks",
  },
  "no-data": {
    word: "No data",
    icon: CircleDashed,
    tone: "plain",
    line: "plain",
    means: "Too few samples, or no commits",
  },
  "keeping-up": {
    word: "Keeping up",
    icon: CircleCheck,
    tone: "ok",
    line: "ok",
    means: "Commits move, lag does not grow",
  },
} as const satisfies Record<LagStatus, { word: string; icon: Glyph; tone: Tone; line: Tone; means: string }>;

/** Icon in colour, word in ink; only bad colours the word too. `title`: why, on hover; nothing given: what the word means. */
export function LagStatusWord({ status, title }: { status: LagStatus; title?: string }) {
  const { word, icon, tone, means } = lagStatusLooks[status];
  return (
    <span className="inline-flex items-center gap-1.5 align-top whitespace-nowrap" title={title ?? means}>
      <Icon of={icon} className={toneInk[tone]} />
      <span className={tone === "bad" ? "text-bad" : ""}>{word}</span>
    </span>
  );
}
