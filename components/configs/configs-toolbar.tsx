import { Checkbox } from "@/components/ui/checkbox";
import { CopyAsCommand } from "@/components/ui/copy-as-command";
import { FilterInput } from "@/components/ui/input";
import type { ConfigEntry } from "@/lib/api/configs";
import type { Permission } from "@/lib/api/endpoint";
import { describeCommand } from "@/lib/client/config-command";
import type { ConfigTarget } from "@/lib/client/configs";
import { useBootstrap } from "@/lib/client/use-bootstrap";
import { counted } from "@/lib/format";
import { CopySettings } from "./copy-settings";
import { nouns } from "./words";

type State = { q: string; changed: string };

/** The line above the table: filter, only what is set, what is shown, and what can be done. */
export function ConfigsToolbar({
  target,
  permission,
  state,
  set,
  total,
  changed,
  entries,
  narrow,
  onChange,
}: {
  target: ConfigTarget;
  permission: Permission;
  state: State;
  set: (change: Partial<State>) => void;
  total: number;
  changed: number;
  entries: ReadonlyMap<string, ConfigEntry>;
  /** Something stands beside the table. */
  narrow: boolean;
  onChange: (entry: ConfigEntry, value: string | null) => void;
}) {
  const { one, many } = nouns[target.kind];
  const bootstrap = useBootstrap(target.cluster);
  return (
    <div className="flex min-w-0 shrink-0 flex-wrap items-center gap-2">
      <FilterInput
        value={state.q}
        onChange={(q) => set({ q })}
        placeholder={target.kind === "loggers" ? "Filter by name or level" : "Filter by key, value or words"}
        className="min-w-[180px] md:max-w-[300px]"
      />
      <Checkbox look="button" checked={state.changed === "1"} onChange={(on) => set({ changed: on ? "1" : "" })}>
        {target.kind === "topic" ? "Only changed" : "Only set"}{" "}
        <span className="font-normal text-muted">{changed}</span>
      </Checkbox>
      <span className="ms-auto" />
      {!narrow && (
        <span className="text-12 text-muted max-lg:hidden">
          {counted(total, one, many)}, {target.kind === "topic" ? "changed" : "set"} ones first
        </span>
      )}
      {target.kind === "topic" && (
        <CopySettings target={target} permission={permission} entries={entries} onChange={onChange} />
      )}
      <span className="max-md:hidden">
        <CopyAsCommand command={describeCommand(target, bootstrap)} />
      </span>
    </div>
  );
}
