import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { ConfigEntry } from "@/lib/api/configs";
import type { Permission } from "@/lib/api/endpoint";
import type { Problem } from "@/lib/api/problem";
import type { ConfigTarget } from "@/lib/client/configs";
import { counted } from "@/lib/format";
import { ConfigDetail } from "./config-detail";
import { ConfigPlan } from "./config-plan";
import type { Drafts } from "./drafts";

/** Beside the table: the config that is open, and below it the changes collected. Over the table where there is no room beside it. */
export function ConfigAside({
  overlay,
  open,
  target,
  entries,
  drafts,
  mistakes,
  permission,
  editable,
  busy,
  problem,
  onChange,
  onDrop,
  onDiscard,
  onApply,
  onRebase,
  onClose,
}: {
  /** Shown on narrow screens, too. */
  overlay: boolean;
  open: ConfigEntry | null;
  target: ConfigTarget;
  entries: ReadonlyMap<string, ConfigEntry>;
  drafts: Drafts;
  mistakes: ReadonlyMap<string, string>;
  permission: Permission;
  editable: boolean;
  busy: boolean;
  problem: Problem | null;
  onChange: (entry: ConfigEntry, value: string | null) => void;
  onDrop: (name: string) => void;
  onDiscard: () => void;
  onApply: () => void;
  onRebase: () => void;
  onClose: () => void;
}) {
  const edited = Object.keys(drafts).length;
  return (
    <aside
      aria-label={edited > 0 ? "Changes" : "Config"}
      className={`min-h-0 flex-col overflow-y-auto border-l border-border bg-surface lg:static lg:flex lg:w-auto ${overlay ? "absolute inset-0 z-10 flex md:left-auto md:w-[420px] max-lg:shadow-float" : "hidden"}`}
    >
      {open && (
        <>
          <header className="flex min-h-11 shrink-0 items-center gap-2 border-b border-border ps-4 pe-2">
            <h2 className="min-w-0 flex-1 py-2 font-mono text-12 font-bold wrap-anywhere">{open.name}</h2>
            <IconButton label="Close" icon={X} onClick={onClose} />
          </header>
          <div className="px-4 py-3">
            <ConfigDetail
              key={open.name}
              entry={open}
              draft={drafts[open.name]}
              target={target}
              permission={permission}
              editable={editable}
              mistake={mistakes.get(open.name) ?? null}
              folded={edited > 0}
              onChange={(value) => onChange(open, value)}
            />
          </div>
        </>
      )}
      {edited > 0 && (
        <>
          <header
            className={`sticky top-0 flex h-11 shrink-0 items-center gap-2 border-b border-border bg-surface ps-4 pe-2 ${open ? "border-t" : ""}`}
          >
            <h2 className="font-bold">{counted(edited, "change")}</h2>
            <span className="text-muted">not applied</span>
            <Button look="ghost" className="ms-auto" onClick={onDiscard}>
              Discard
            </Button>
          </header>
          <div className="px-4 py-3">
            <ConfigPlan
              target={target}
              entries={entries}
              drafts={drafts}
              mistakes={mistakes}
              permission={permission}
              busy={busy}
              problem={problem}
              onDrop={onDrop}
              onApply={onApply}
              onRebase={onRebase}
              onClose={onClose}
            />
          </div>
        </>
      )}
    </aside>
  );
}
