"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { LoadingRows, Spacer } from "./data-table-filler";
import { DataTableHead } from "./data-table-head";
import { DataTableRow } from "./data-table-row";
import { type Column, fittingColumns, neededWidth, sortRows, toggleRange } from "./table-model";
import { useKeptPlace } from "./use-kept-place";
import { usePhone } from "./use-media";
import { useRowKeys } from "./use-row-keys";
import { useRowHeight, useWidth } from "./use-table-size";
import { useWindow } from "./use-window";

const phoneRowHeight = 53;
const headHeight = 28;
/** Of the column of boxes that choose rows. */
const boxWidth = 40;
/** Below this every row is drawn: a short list needs no window. */
const windowFrom = 60;

type Props<Row> = {
  /** What the table lists, for screen readers. */
  label: string;
  /** Null while they are asked for the first time: bars are shown. */
  rows: readonly Row[] | null;
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  /** `size` or `-size`; see `parseSort`. */
  sort?: string;
  onSort?: (sort: string) => void;
  /** Where the row leads; or `onOpen` for what is not a page. */
  href?: (row: Row) => string;
  onOpen?: (row: Row) => void;
  /** The two lines of a row below 768 px (`<PhoneRow>`); without it the columns that fit are shown. */
  phone?: (row: Row) => ReactNode;
  selected?: ReadonlySet<string>;
  onSelect?: (selected: Set<string>) => void;
  /** The table is the page: it bleeds to the edges, fills the height, scrolls by itself and takes j, k, Enter and x. */
  fill?: boolean;
  /** Pixels. A table among others that is longer scrolls by itself, and only its rows in sight are drawn. */
  maxHeight?: number;
  rowHeight?: number;
  /** The key of the row that is opened beside the table. */
  current?: string | null;
  /** Its place among the rows as given, so that it is kept in sight; for tables that do not sort. Nothing given, or negative: not known. */
  currentAt?: number;
  /** Rows come at the top while others are read: what is in sight stays there. */
  growsAtTop?: boolean;
  /** Shown in place of rows when there are none. */
  empty?: ReactNode;
};

/** A dense table whose columns are data. Only the rows in sight are in the page. */
export function DataTable<Row>(props: Props<Row>) {
  const { rows, columns, rowKey, sort = "", onSort, href, onOpen, selected, onSelect, fill = false, maxHeight } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const density = useRowHeight();
  const isPhone = usePhone() && props.phone !== undefined;
  const width = useWidth(scroller);
  const height = isPhone ? phoneRowHeight : (props.rowHeight ?? density);
  const shown = useMemo(
    () => (width === null ? columns : fittingColumns(columns, width, onSelect ? boxWidth : 0)),
    [columns, width, onSelect],
  );
  const sorted = useMemo(() => sortRows(rows ?? [], columns, sort), [rows, columns, sort]);
  // All keys of a long list are made only where rows are chosen by them.
  const isChosenFrom = onSelect !== undefined;
  const keys = useMemo(() => (isChosenFrom ? sorted.map(rowKey) : []), [sorted, rowKey, isChosenFrom]);
  const keyAt = (index: number) => {
    const row = sorted[index];
    return row === undefined ? undefined : rowKey(row);
  };
  const chosen = useMemo(() => keys.filter((key) => selected?.has(key)).length, [keys, selected]);
  const lastToggled = useRef<string | null>(null);
  const { first, last, reveal } = useWindow(scroller, {
    count: sorted.length,
    height,
    head: isPhone ? 0 : headHeight,
    on: (fill || maxHeight !== undefined) && sorted.length > windowFrom,
  });

  useKeptPlace(scroller, { rows: sorted, rowKey, height, on: props.growsAtTop === true });

  const toggle = (key: string, shift: boolean) => {
    onSelect?.(toggleRange(selected ?? new Set(), keys, key, shift ? lastToggled.current : null));
    lastToggled.current = key;
  };
  const open = (row: Row | undefined) => {
    if (row === undefined) return;
    if (onOpen) onOpen(row);
    else if (href) router.push(href(row));
  };
  const walked = useRowKeys({
    count: sorted.length,
    keyAt,
    active: fill,
    reveal,
    open: (index) => open(sorted[index]),
    toggle: onSelect ? (key) => toggle(key, false) : null,
  });
  const current = props.current ?? walked;
  const { current: opened = null, currentAt = -1 } = props;
  // When another row is opened, not when rows come before it: the reader may have scrolled away.
  const shownPlace = useRef({ opened, at: currentAt });
  useEffect(() => {
    const last = shownPlace.current;
    shownPlace.current = { opened, at: currentAt };
    if (currentAt >= 0 && (last.opened !== opened || last.at < 0)) reveal(currentAt);
  }, [opened, currentAt, reveal]);

  if (rows !== null && rows.length === 0 && props.empty !== undefined) {
    return (
      <div className={fill ? "-mx-page min-h-0 flex-1 overflow-y-auto border-t border-border" : ""}>{props.empty}</div>
    );
  }
  const before = first * height;
  const after = Math.max(0, (sorted.length - 1 - last) * height);
  const hasBoxes = onSelect !== undefined && !isPhone;
  const span = isPhone ? 1 : shown.length + (hasBoxes ? 1 : 0);
  return (
    <div
      ref={scroller}
      tabIndex={fill || (maxHeight !== undefined && sorted.length * height + headHeight > maxHeight) ? 0 : undefined}
      style={{ maxHeight }}
      className={
        fill
          ? `-mx-page min-h-0 flex-1 overflow-y-auto overflow-x-hidden -outline-offset-2! ${hasBoxes && chosen > 0 ? "pb-18" : ""}`
          : "min-w-0 overflow-auto -outline-offset-2!"
      }
    >
      <table
        aria-label={props.label}
        aria-rowcount={rows === null ? undefined : sorted.length + 1}
        aria-busy={rows === null || undefined}
        className="grid-table"
        style={{
          ...(fill ? { ["--edge" as string]: "var(--page)" } : {}),
          // In the first HTML nobody knows the width: columns that do not fit are cut at the end, and none is squeezed.
          ...(width === null && rows !== null ? { minWidth: neededWidth(shown, hasBoxes ? boxWidth : 0) } : {}),
        }}
      >
        {!isPhone && (
          <DataTableHead
            columns={shown}
            sort={sort}
            onSort={onSort}
            wideOnly={props.phone !== undefined}
            selection={
              hasBoxes
                ? {
                    all: chosen > 0 && chosen === keys.length,
                    some: chosen > 0,
                    toggleAll: () => onSelect(new Set(chosen === keys.length ? [] : keys)),
                  }
                : null
            }
          />
        )}
        <tbody>
          {rows === null && <LoadingRows columns={span} height={height} high={props.phone !== undefined} />}
          {before > 0 && <Spacer height={before} span={span} />}
          {sorted.slice(first, last + 1).map((row, at) => {
            const index = first + at;
            const key = rowKey(row);
            return (
              <DataTableRow
                key={key}
                row={row}
                columns={shown}
                label={key}
                index={index + 1}
                height={isPhone || props.rowHeight ? height : undefined}
                href={href?.(row)}
                onOpen={onOpen}
                current={key === current}
                selection={
                  hasBoxes ? { selected: selected?.has(key) === true, toggle: (shift) => toggle(key, shift) } : null
                }
                phone={isPhone ? props.phone : undefined}
              />
            );
          })}
          {after > 0 && <Spacer height={after} span={span} />}
        </tbody>
      </table>
    </div>
  );
}
