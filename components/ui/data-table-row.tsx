"use client";
import { useRouter } from "next/navigation";
import { type MouseEvent, memo, type ReactNode } from "react";
import { CheckBox } from "./checkbox";
import { Link } from "./link";
import type { Column } from "./table-model";

/** A click on the row opens it, except on what is a control itself, or while text is being selected. */
export function useRowOpen(href: string | undefined, onOpen: (() => void) | undefined) {
  const router = useRouter();
  if (href === undefined && onOpen === undefined) return undefined;
  return (event: MouseEvent<HTMLElement>) => {
    if (event.target instanceof Element && event.target.closest("a, button, input, select, label, summary, [popover]"))
      return;
    if (window.getSelection()?.isCollapsed === false) return;
    if (onOpen) onOpen();
    else if (href !== undefined && (event.ctrlKey || event.metaKey)) window.open(href, "_blank", "noopener");
    else if (href !== undefined) router.push(href);
  };
}

type RowProps<Row> = {
  row: Row;
  columns: Column<Row>[];
  label: string;
  /** Place among all rows, the header being 1. */
  index: number;
  height: number | undefined;
  href?: string;
  onOpen?: (row: Row) => void;
  current: boolean;
  selection: { selected: boolean; toggle: (shift: boolean) => void } | null;
  phone?: (row: Row) => ReactNode;
};

function PlainRow<Row>({ row, columns, label, index, height, href, onOpen, current, selection, phone }: RowProps<Row>) {
  const open = useRowOpen(href, onOpen && (() => onOpen(row)));
  const attributes = {
    "aria-rowindex": index + 1,
    "aria-selected": selection ? selection.selected : undefined,
    "data-open": open ? "" : undefined,
    "data-current": current ? "" : undefined,
    onClick: open,
    style: { height },
  };
  const linked = (content: ReactNode) =>
    href === undefined ? (
      content
    ) : (
      <Link href={href} className="block min-w-0 font-medium">
        {content}
      </Link>
    );
  if (phone) {
    return (
      <tr {...attributes}>
        <td className="py-[7px]! leading-[18px]">
          {href === undefined ? (
            phone(row)
          ) : (
            <Link href={href} className="block">
              {phone(row)}
            </Link>
          )}
        </td>
      </tr>
    );
  }
  return (
    <tr {...attributes}>
      {selection && (
        <td>
          <CheckBox
            label={`Select ${label}`}
            checked={selection.selected}
            onChange={(_, shift) => selection.toggle(shift)}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} data-align={column.align} style={{ height }}>
          {column.main ? linked(column.cell(row)) : column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** One row: cells in their columns, or two lines on a phone. A row that stays the same while others come and go is not drawn again. */
export const DataTableRow = memo(PlainRow) as typeof PlainRow;

/** The two lines of a row on a phone: the name and what is wrong, then figures, the most important one at the end. */
export function PhoneRow({
  name,
  badge,
  figures,
  end,
}: {
  name: ReactNode;
  badge?: ReactNode;
  figures: ReactNode[];
  end?: ReactNode;
}) {
  return (
    <span className="flex flex-col">
      <span className="flex min-w-0 items-center gap-1.5 leading-5">
        <span className="min-w-0 flex-1 font-medium">{name}</span>
        {badge}
      </span>
      <span className="flex min-w-0 items-center gap-2.5 text-12 leading-[18px] text-muted tabular-nums">
        {/* A figure without room goes to a second line, which is out of sight: no number is ever cut, only a name longer than the row. */}
        <span className="flex h-[18px] min-w-0 flex-1 flex-wrap gap-x-2.5 overflow-hidden whitespace-nowrap">
          {figures.map((figure, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a figure is its place
            <span key={at} className="max-w-full truncate">
              {figure}
            </span>
          ))}
        </span>
        {end !== undefined && <span className="shrink-0 whitespace-nowrap text-ink-2">{end}</span>}
      </span>
    </span>
  );
}
