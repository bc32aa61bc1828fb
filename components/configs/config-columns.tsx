import { Lock } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import { NullMark } from "@/components/ui/null-mark";
import type { Column } from "@/components/ui/table-model";
import { TypedInput } from "@/components/ui/typed-input";
import { TypedValue } from "@/components/ui/typed-value";
import type { ConfigEntry } from "@/lib/api/configs";
import { firstSentence } from "@/lib/client/config-values";
import type { ConfigTarget } from "@/lib/client/configs";
import type { Drafts } from "./drafts";
import { fallbackOf, lockedBecause, setBy, sourceWord } from "./words";

type Table = {
  target: ConfigTarget;
  drafts: Drafts;
  /** The config opened beside the table. */
  open: string | null;
  /** False where the user may not change anything. */
  editable: boolean;
  onOpen: (name: string) => void;
  onChange: (entry: ConfigEntry, value: string) => void;
};

/** The columns of a table of configs. The value of the opened row, and of each that is being changed, is its editor. */
export function configColumns(table: Table): Column<ConfigEntry>[] {
  const { target } = table;
  const columns: Column<ConfigEntry>[] = [
    {
      id: "name",
      header: target.kind === "loggers" ? "Logger" : "Config",
      main: true,
      cell: (entry) => <NameCell entry={entry} table={table} />,
    },
    {
      id: "value",
      header: target.kind === "loggers" ? "Level" : "Value",
      width: 206,
      cell: (entry) => <ValueCell entry={entry} table={table} />,
    },
    {
      id: "default",
      header: target.kind === "loggers" ? "Without it" : "Default",
      width: 140,
      drop: 1,
      cell: (entry) => <FallbackCell entry={entry} target={target} />,
    },
    {
      id: "source",
      header: "Set by",
      term: "set-by",
      width: target.kind === "loggers" ? 120 : 104,
      drop: 2,
      cell: (entry) => (
        <span
          className={`flex items-center gap-1 ${entry.changed ? "" : "text-muted"}`}
          title={lockedBecause(entry) ?? (entry.source === "static" ? "From server.properties" : undefined)}
        >
          {entry.readOnly && <Icon of={Lock} size={12} className="text-muted" />}
          <span className="truncate">{setBy(entry, target)}</span>
        </span>
      ),
    },
  ];
  return columns;
}

function NameCell({ entry, table }: { entry: ConfigEntry; table: Table }) {
  const edited = table.drafts[entry.name] !== undefined;
  const about = entry.documentation === null ? null : firstSentence(entry.documentation);
  return (
    <span className="block leading-4">
      <button
        type="button"
        onClick={() => table.onOpen(entry.name)}
        className="flex max-w-full items-center gap-[7px] text-start"
      >
        <Dot on={entry.changed} edited={edited} />
        <span className="truncate font-mono text-12">{entry.name}</span>
        {edited && <span className="font-sans text-11 text-accent">edited</span>}
      </button>
      {about !== null && (
        <span className="block truncate ps-[13px] text-12 text-muted" title={about}>
          {about}
        </span>
      )}
    </span>
  );
}

/** Before the name of what is set at this level. */
export function Dot({ on, edited = false }: { on: boolean; edited?: boolean }) {
  return (
    <span aria-hidden className={`size-1.5 shrink-0 rounded-full ${edited ? "bg-warn" : on ? "bg-accent" : ""}`} />
  );
}

function ValueCell({ entry, table }: { entry: ConfigEntry; table: Table }) {
  const draft = table.drafts[entry.name];
  const isOpen = table.open === entry.name;
  const canEdit = table.editable && !entry.readOnly && !entry.sensitive;
  if (draft?.value === null) return <TypedValue format={entry.format} value={entry.inherited} raw={false} />;
  if (canEdit && (isOpen || draft))
    return (
      <TypedInput
        format={entry.format}
        label={`Value of ${entry.name}`}
        value={draft?.value ?? entry.value ?? ""}
        onChange={(value) => table.onChange(entry, value)}
      />
    );
  return <TypedValue format={entry.format} value={entry.value} sensitive={entry.sensitive} />;
}

function FallbackCell({ entry, target }: { entry: ConfigEntry; target: ConfigTarget }) {
  const found = fallbackOf(entry);
  if (found === null || entry.sensitive) return <span className="text-muted">—</span>;
  return (
    <span className="text-muted" title={`From ${sourceWord(found.source, target)}`}>
      {found.value === "" ? (
        <NullMark kind="empty" />
      ) : (
        <TypedValue format={entry.format} value={found.value} raw={false} />
      )}
    </span>
  );
}
