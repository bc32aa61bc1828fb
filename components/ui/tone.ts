/** What a colour says. `plain` says nothing. */
export type Tone = "plain" | "ok" | "warn" | "bad" | "info" | "accent";

/** The ink of a tone, on any surface and on its own soft ground. */
export const toneInk = {
  plain: "text-muted",
  ok: "text-ok",
  warn: "text-warn",
  bad: "text-bad",
  info: "text-info",
  accent: "text-accent",
} as const satisfies Record<Tone, string>;

/** The soft ground of a tone. */
export const toneGround = {
  plain: "bg-sunken",
  ok: "bg-ok-soft",
  warn: "bg-warn-soft",
  bad: "bg-bad-soft",
  info: "bg-info-soft",
  accent: "bg-accent-soft",
} as const satisfies Record<Tone, string>;
