import { LoaderCircle } from "lucide-react";
import type { GroupState } from "@/lib/api/groups";
import { Icon } from "./icon";

/** Kafka's own words for the state of a group, spaced. `moving`: partitions are being handed out anew. */
const states = {
  Stable: { word: "Stable", moving: false },
  Empty: { word: "Empty", moving: false },
  PreparingRebalance: { word: "Preparing rebalance", moving: true },
  CompletingRebalance: { word: "Completing rebalance", moving: true },
  Assigning: { word: "Assigning", moving: true },
  Reconciling: { word: "Reconciling", moving: true },
  NotReady: { word: "Not ready", moving: false },
  Dead: { word: "Dead", moving: false },
  Unknown: { word: "Unknown", moving: false },
} as const satisfies Record<GroupState, { word: string; moving: boolean }>;

/** `Preparing rebalance` for PreparingRebalance. */
export const groupStateWord = (state: GroupState): string => states[state].word;

/** The state of a group; while it rebalances an icon says that it moves. */
export function GroupStateWord({ state }: { state: GroupState }) {
  const { word, moving } = states[state];
  if (state === "Unknown")
    return (
      <span className="text-muted" title="The coordinator could not be asked">
        unknown
      </span>
    );
  return (
    <span
      className={`inline-flex items-center gap-1.5 align-top whitespace-nowrap ${state === "Stable" ? "text-ink-2" : ""}`}
    >
      {moving && <Icon of={LoaderCircle} className="text-info" />}
      {word}
    </span>
  );
}
