import type { Tone } from "./tone";

const fills = {
  accent: "bg-accent",
  ok: "bg-ok",
  warn: "bg-warn",
  bad: "bg-bad",
  info: "bg-info",
  plain: "bg-muted",
} as const satisfies Record<Tone, string>;

/** A thin bar that is full at 1. The figure stands beside it; `label` names what is measured. */
export function Meter({
  value,
  label,
  tone = "accent",
  width = 64,
}: {
  value: number;
  label: string;
  tone?: Tone;
  width?: number;
}) {
  const filled = Math.max(0, Math.min(1, value));
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> each in its own way, and not in our colours
    <span
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(filled * 100)}
      className="inline-block h-1 self-center overflow-hidden rounded-full bg-border align-middle"
      style={{ width }}
    >
      <span className={`block h-full rounded-full ${fills[tone]}`} style={{ width: `${filled * 100}%` }} />
    </span>
  );
}
