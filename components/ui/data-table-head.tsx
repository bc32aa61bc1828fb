"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import { CheckBox } from "./checkbox";
import { Icon } from "./icon";
import { type Column, nextSort, parseSort } from "./table-model";
import { terms } from "./terms";
import { Tooltip } from "./tooltip";

/** The header cell of one column: its word, its explanation, and a button when it can be sorted. */
function HeadCell<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>;
  sort: string;
  onSort?: (sort: string) => void;
}) {
  const { column: sorted, descending } = parseSort(sort);
  const isSorted = sorted === column.id;
  const isSortable = column.sortBy !== undefined && onSort !== undefined;
  const arrow = isSorted && <Icon of={descending ? ArrowDown : ArrowUp} size={11} />;
  const word = <span className={column.term ? "term" : undefined}>{column.header}</span>;
  const content = isSortable ? (
    <button
      type="button"
      onClick={() => onSort(nextSort(sort, column))}
      className="inline-flex items-center gap-1 font-medium hover:text-ink"
    >
      {column.align === "end" && arrow}
      {word}
      {column.align !== "end" && arrow}
    </button>
  ) : (
    <span tabIndex={column.term ? 0 : undefined}>{word}</span>
  );
  return (
    <th
      scope="col"
      data-align={column.align}
      aria-sort={isSorted ? (descending ? "descending" : "ascending") : undefined}
    >
      {column.term ? <Tooltip text={terms[column.term].text}>{content}</Tooltip> : content}
    </th>
  );
}

/** The header row; the box selects every row in sight of the filter. */
export function DataTableHead<Row>({
  columns,
  sort,
  onSort,
  selection,
  wideOnly,
}: {
  columns: Column<Row>[];
  sort: string;
  onSort?: (sort: string) => void;
  selection: { all: boolean; some: boolean; toggleAll: () => void } | null;
  /** A phone shows rows of two lines, without a head; nor has it one before the page runs. */
  wideOnly: boolean;
}) {
  return (
    <>
      <colgroup>
        {selection && <col style={{ width: 40 }} />}
        {columns.map((column) => (
          <col key={column.id} style={{ width: column.width }} />
        ))}
      </colgroup>
      <thead className={wideOnly ? "max-md:hidden" : ""}>
        <tr aria-rowindex={1}>
          {selection && (
            <th scope="col">
              <CheckBox
                label="Select all rows"
                checked={selection.all}
                mixed={selection.some}
                onChange={selection.toggleAll}
              />
            </th>
          )}
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
    </>
  );
}
