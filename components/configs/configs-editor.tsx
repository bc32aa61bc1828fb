"use client";
import { type ReactNode, useMemo, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { useDenied } from "@/components/ui/can";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { useUrlState } from "@/components/ui/use-url-state";
import type { ConfigEntry } from "@/lib/api/configs";
import type { Permission } from "@/lib/api/endpoint";
import { compileFilter } from "@/lib/api/filter";
import { mistakeIn, readable } from "@/lib/client/config-values";
import type { ConfigTarget } from "@/lib/client/configs";
import { useHoldRefresh } from "@/lib/client/refresh";
import { counted } from "@/lib/format";
import { ConfigAside } from "./config-aside";
import { configColumns } from "./config-columns";
import { ConfigDone } from "./config-done";
import { ConfigPhoneRow } from "./config-phone-row";
import { ConfigsToolbar } from "./configs-toolbar";
import { beforeOf, changesOf } from "./drafts";
import { useApply } from "./use-apply";
import { useDrafts } from "./use-drafts";
import { isSet, nouns, setFirst } from "./words";

const defaults = { q: "", changed: "", config: "" };
const rowKey = (entry: ConfigEntry) => entry.name;

/** The table of configs, and beside it the one that is open and the changes that are collected. */
export function ConfigsEditor({
  items,
  target,
  permission,
  note,
  onReload,
}: {
  items: ConfigEntry[];
  target: ConfigTarget;
  permission: Permission;
  note?: ReactNode;
  /** Reads the entries again. */
  onReload: () => Promise<ConfigEntry[]>;
}) {
  const [state, set] = useUrlState(defaults);
  const { drafts, change, drop, clear, rebase } = useDrafts();
  const applying = useApply(target, clear);
  const [reviewing, setReviewing] = useState(false);
  const editable = useDenied(permission) === null;
  const edited = Object.keys(drafts).length;
  useHoldRefresh(edited > 0 ? "editing" : null);

  const entries = useMemo(() => new Map(items.map((entry) => [entry.name, entry])), [items]);
  const mistakes = useMemo(() => mistakesIn(drafts, entries), [drafts, entries]);
  const rows = useMemo(
    () => narrow(setFirst(items, target), target, state.q, state.changed === "1"),
    [items, target, state.q, state.changed],
  );
  const open = state.config === "" ? null : (entries.get(state.config) ?? null);
  const show = (name: string) => set({ config: name });
  const edit = (entry: ConfigEntry, value: string | null) => {
    applying.forget();
    change(entry, value);
  };
  const columns = configColumns({ target, drafts, open: open?.name ?? null, editable, onOpen: show, onChange: edit });
  const close = () => {
    set({ config: "" });
    setReviewing(false);
  };
  const noun = nouns[target.kind];
  const hasAside = open !== null || edited > 0;
  return (
    <div
      className={`-mx-page -mt-3 flex min-h-0 flex-1 max-md:-mt-2.5 ${hasAside ? "lg:grid lg:grid-cols-[minmax(0,1fr)_392px]" : ""}`}
    >
      <div className="relative flex min-h-0 min-w-0 flex-1 flex-col gap-2.5 px-page pt-3">
        {note && <Banner tone="plain">{note}</Banner>}
        {applying.done && (
          <ConfigDone
            {...applying.done}
            permission={permission}
            busy={applying.busy}
            onUndo={() => applying.done && applying.undo(applying.done.result)}
            onClose={applying.dismiss}
          />
        )}
        <ConfigsToolbar
          target={target}
          permission={permission}
          state={state}
          set={set}
          total={items.length}
          changed={items.filter((entry) => isSet(entry, target)).length}
          entries={entries}
          narrow={hasAside}
          onChange={edit}
        />
        <DataTable
          label={`${counted(rows.length, noun.one, noun.many)}`}
          rows={rows}
          columns={columns}
          rowKey={rowKey}
          onOpen={(entry) => show(entry.name)}
          current={open?.name ?? null}
          rowHeight={target.kind === "loggers" ? 32 : 42}
          phone={(entry) => <ConfigPhoneRow entry={entry} target={target} draft={drafts[entry.name]} />}
          fill
          empty={
            <EmptyState
              title={`No ${noun.one} matches`}
              actions={<Button onClick={() => set({ q: "", changed: "" })}>Show all {items.length}</Button>}
            >
              The filter looks at names, values and documentation.
            </EmptyState>
          }
        />
        {edited > 0 && open === null && !reviewing && (
          <div className="-mx-page flex items-center gap-2 border-t border-border bg-raised px-page py-2 lg:hidden">
            <span className="flex-1">
              <b>{counted(edited, "change")}</b> not applied
            </span>
            <Button look="primary" onClick={() => setReviewing(true)}>
              Review
            </Button>
          </div>
        )}
      </div>
      {hasAside && (
        <ConfigAside
          overlay={open !== null || reviewing}
          open={open}
          target={target}
          entries={entries}
          drafts={drafts}
          mistakes={mistakes}
          permission={permission}
          editable={editable}
          busy={applying.busy}
          problem={applying.problem}
          onChange={edit}
          onDrop={drop}
          onDiscard={() => {
            applying.forget();
            clear();
            close();
          }}
          onApply={() => applying.apply({ configs: changesOf(drafts), before: beforeOf(drafts, entries) })}
          onRebase={async () => {
            const now = await onReload();
            applying.forget();
            rebase(new Map(now.map((entry) => [entry.name, entry])));
          }}
          onClose={close}
        />
      )}
    </div>
  );
}

/** What is wrong with drafts already here, by name. */
function mistakesIn(
  drafts: ReturnType<typeof useDrafts>["drafts"],
  entries: ReadonlyMap<string, ConfigEntry>,
): Map<string, string> {
  return new Map(
    Object.entries(drafts).flatMap(([name, { value }]) => {
      const entry = entries.get(name);
      const mistake = entry && value !== null ? mistakeIn(entry, value) : null;
      return mistake === null ? [] : [[name, mistake]];
    }),
  );
}

/** By words of the name, the value (as Kafka holds it and as it is read) and the documentation. */
function narrow(items: ConfigEntry[], target: ConfigTarget, q: string, onlyChanged: boolean): ConfigEntry[] {
  const { matches } = compileFilter(q);
  return items.filter((entry) => {
    if (onlyChanged && !isSet(entry, target)) return false;
    const read =
      entry.value === null ? "" : `${entry.value} ${readable(entry.format, entry.value).text.replace(/\u00a0/g, " ")}`;
    return q === "" || matches(`${entry.name} ${read} ${entry.documentation ?? ""}`);
  });
}
