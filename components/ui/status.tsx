import { CircleCheck, CircleDashed, CircleX, Lock, OctagonAlert, TriangleAlert, Unplug } from "lucide-react";
import { type Glyph, Icon } from "./icon";
import { type Tone, toneInk } from "./tone";

/** Every state that has an icon, with its word. Later nouns add theirs here. */
export const statuses = {
  "in-sync": { word: "In sync", icon: CircleCheck, tone: "ok" },
  behind: { word: "Behind", icon: TriangleAlert, tone: "warn" },
  "under-replicated": { word: "Under-replicated", icon: TriangleAlert, tone: "warn" },
  "under-min-isr": { word: "Under min ISR", icon: OctagonAlert, tone: "bad" },
  "no-leader": { word: "No leader", icon: CircleX, tone: "bad" },
  missing: { word: "Missing", icon: Unplug, tone: "bad" },
  "not-allowed": { word: "Not allowed", icon: Lock, tone: "plain" },
  unknown: { word: "Unknown", icon: CircleDashed, tone: "plain" },
  passed: { word: "Passed", icon: CircleCheck, tone: "ok" },
  warned: { word: "Warning", icon: TriangleAlert, tone: "warn" },
  failed: { word: "Failed", icon: CircleX, tone: "bad" },
  skipped: { word: "Not reached", icon: CircleDashed, tone: "plain" },
} as const satisfies Record<string, { word: string; icon: Glyph; tone: Tone }>;
export type StatusKind = keyof typeof statuses;

/** Icon in colour, word in ink; only bad colours the word too. `word` replaces the usual one ("Replicas 48 s behind"). */
export function Status({ kind, word, title }: { kind: StatusKind; word?: string; title?: string }) {
  const { icon, tone, word: usual } = statuses[kind];
  return (
    <span className="inline-flex items-center gap-1.5 align-top whitespace-nowrap" title={title}>
      <Icon of={icon} className={toneInk[tone]} />
      <span className={tone === "bad" ? "text-bad" : ""}>{word ?? usual}</span>
    </span>
  );
}

/** A figure that is an exception, with the icon of its tone before it: the 4 of "4 under-replicated". Zero is muted and has no icon. */
export function Exception({ count, tone, title }: { count: number; tone: "warn" | "bad"; title?: string }) {
  if (count === 0) return <span className="text-muted">0</span>;
  return (
    <span className={`inline-flex items-center gap-1.5 align-top ${toneInk[tone]}`} title={title}>
      <Icon of={tone === "bad" ? CircleX : TriangleAlert} size={12} />
      {count}
    </span>
  );
}
