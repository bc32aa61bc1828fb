"use client";
import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { setPreferences, usePreferences } from "@/lib/client/preferences";
import { Button } from "./button";
import { Checkbox } from "./checkbox";
import { IconButton } from "./icon-button";
import { Popover } from "./popover";
import { type Column, chosenColumns } from "./table-model";
import { useUrlState } from "./use-url-state";

const urlDefaults = { cols: "", mcols: "" };
/** Where the address keeps the choice: a page with two tables keeps that of the second one under another name. */
type ColumnsParam = keyof typeof urlDefaults;

/** The columns of a table as chosen: by the address (`cols=`, or `param`), else as kept for this browser under `table`, else the usual ones. */
export function useColumns<Row>(table: string, columns: Column<Row>[], param: ColumnsParam = "cols"): Column<Row>[] {
  const kept = usePreferences().columns[table] ?? null;
  const [{ [param]: inAddress }] = useUrlState(urlDefaults);
  return useMemo(() => chosenColumns(columns, inAddress ? inAddress.split(",") : kept), [columns, inAddress, kept]);
}

/**
 * Which columns, in which order. The choice is kept and, where it differs from the usual one, in the address. `bare`: only its icon
 * is shown. `children` stand below the list: columns of another kind.
 */
export function ColumnsChooser<Row>({
  table,
  columns,
  shown,
  param = "cols",
  bare = false,
  children,
}: {
  table: string;
  columns: Column<Row>[];
  shown: Column<Row>[];
  param?: ColumnsParam;
  bare?: boolean;
  children?: ReactNode;
}) {
  const { columns: all } = usePreferences();
  const [, setUrl] = useUrlState(urlDefaults);
  const ids = shown.map((column) => column.id);
  const choose = (next: string[] | null) => {
    const { [table]: _, ...others } = all;
    setPreferences({ columns: next === null ? others : { ...others, [table]: next } });
    setUrl({ [param]: next === null ? "" : next.join(",") });
  };
  const move = (id: string, by: number) => {
    const next = ids.filter((each) => each !== id);
    next.splice(ids.indexOf(id) + by, 0, id);
    choose(next);
  };
  const listed = [...shown, ...columns.filter((column) => !ids.includes(column.id))];
  return (
    <Popover
      label="Columns"
      width={300}
      button={(opener) =>
        bare ? (
          <IconButton label="Columns" icon={Columns3} look="default" {...opener} />
        ) : (
          <Button icon={Columns3} {...opener}>
            Columns{" "}
            <span className="font-normal text-muted">
              {shown.length} of {columns.length}
            </span>
          </Button>
        )
      }
    >
      <ul className="flex flex-col">
        {listed.map((column) => {
          const at = ids.indexOf(column.id);
          const name = column.name ?? column.header;
          return (
            <li key={column.id} className="flex h-7 items-center gap-1">
              <span className="min-w-0 flex-1">
                <Checkbox
                  checked={at >= 0}
                  disabled={column.main}
                  onChange={(on) => choose(on ? [...ids, column.id] : ids.filter((id) => id !== column.id))}
                >
                  {name}
                </Checkbox>
              </span>
              {at > 0 && !column.main && (
                <IconButton
                  label={`Move ${name} forwards`}
                  icon={ArrowUp}
                  disabled={at === 1}
                  onClick={() => move(column.id, -1)}
                />
              )}
              {at > 0 && !column.main && (
                <IconButton
                  label={`Move ${name} backwards`}
                  icon={ArrowDown}
                  disabled={at === ids.length - 1}
                  onClick={() => move(column.id, 1)}
                />
              )}
            </li>
          );
        })}
      </ul>
      <Button className="mt-2 mb-2.5 last:mb-0" onClick={() => choose(null)}>
        Reset
      </Button>
      {children}
    </Popover>
  );
}
