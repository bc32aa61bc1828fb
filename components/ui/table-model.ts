import type { ReactNode } from "react";
import type { TermId } from "./terms";

/** What a row is sorted by. Null (unknown) comes last in both directions; int64 digits go in as bigint (`wholeKey`). */
export type SortKey = string | number | bigint | null;

/** A column as data. */
export type Column<Row> = {
  id: string;
  header: string;
  /** Its name in the list of columns, where the header says something of the rows at hand. */
  name?: string;
  /** The explanation of the header's word. */
  term?: TermId;
  /** Numbers stand at the end. */
  align?: "start" | "end";
  /** Pixels: that of the longest value, numbers are never cut. Nothing given: the column shares what is left (200 at least). */
  width?: number;
  cell: (row: Row) => ReactNode;
  /** Nothing given: the column cannot be sorted. */
  sortBy?: (row: Row) => SortKey;
  /** The first click sorts this way; later ones reverse. Numbers usually start with the largest. */
  largestFirst?: boolean;
  /** Dropped when the table is too narrow: 1 goes first, then 2. Nothing given: it stays. */
  drop?: number;
  /** Only shown when chosen. */
  optional?: boolean;
  /** The name: it becomes the link of the row, and cannot be hidden. */
  main?: boolean;
};

/** Digits of an int64 as a sort key. */
export const wholeKey = (digits: string | null): bigint | null => (digits === null ? null : BigInt(digits));

/** `-size` is the column `size`, descending. */
export const parseSort = (sort: string): { column: string; descending: boolean } =>
  sort.startsWith("-") ? { column: sort.slice(1), descending: true } : { column: sort, descending: false };

/** The sort after a click on the column's header. */
export function nextSort<Row>(sort: string, column: Column<Row>): string {
  const now = parseSort(sort);
  if (now.column === column.id) return now.descending ? column.id : `-${column.id}`;
  return column.largestFirst ? `-${column.id}` : column.id;
}

// One collator with a fixed locale: the order of names must not depend on the browser.
const names = new Intl.Collator("en", { numeric: true });

function compareKeys(a: SortKey, b: SortKey): number {
  if (typeof a === "string" && typeof b === "string") return names.compare(a, b);
  if (a === b || a === null || b === null) return 0;
  return a < b ? -1 : 1;
}

/** The rows in order; a sort that names no column leaves them as they are. The input is not changed. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: string): Row[] {
  const { column: id, descending } = parseSort(sort);
  const sortBy = columns.find((column) => column.id === id)?.sortBy;
  if (!sortBy) return [...rows];
  const sign = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: sortBy(row) }))
    .sort((a, b) =>
      a.key === null || b.key === null
        ? Number(a.key === null) - Number(b.key === null)
        : sign * compareKeys(a.key, b.key),
    )
    .map(({ row }) => row);
}

const narrowest = 200;

/** Pixels that columns need, and `extra`. */
export const neededWidth = (columns: readonly Column<never>[], extra = 0): number =>
  columns.reduce((sum, column) => sum + (column.width ?? narrowest), extra);

/** The columns that fit into `width` pixels, in order; those with the lowest `drop` go first. */
export function fittingColumns<Row>(columns: readonly Column<Row>[], width: number, extra = 0): Column<Row>[] {
  const shown = [...columns];
  const order = columns.filter((column) => column.drop !== undefined).sort((a, b) => (a.drop ?? 0) - (b.drop ?? 0));
  for (const column of order) {
    if (neededWidth(shown, extra) <= width) break;
    shown.splice(shown.indexOf(column), 1);
  }
  return shown;
}

/**
 * The columns chosen, in the order chosen; unknown ids are skipped and the main column is always there. Null, or ids of which none
 * is known: the usual ones.
 */
export function chosenColumns<Row>(columns: readonly Column<Row>[], chosen: readonly string[] | null): Column<Row>[] {
  const picked = [...new Set(chosen)].flatMap((id) => columns.find((column) => column.id === id) ?? []);
  if (picked.length === 0) return columns.filter((column) => !column.optional);
  return columns.filter((column) => column.main && !picked.includes(column)).concat(picked);
}

/** The keys after a click on a row's box: with Shift everything from the last one clicked takes its state. */
export function toggleRange(
  selected: ReadonlySet<string>,
  keys: readonly string[],
  key: string,
  from: string | null,
): Set<string> {
  const next = new Set(selected);
  const on = !selected.has(key);
  const [a, b] = [from === null ? -1 : keys.indexOf(from), keys.indexOf(key)];
  const range = a === -1 ? [key] : keys.slice(Math.min(a, b), Math.max(a, b) + 1);
  for (const each of range) {
    if (on) next.add(each);
    else next.delete(each);
  }
  return next;
}
