"use client";

import { FlexRender, type RowData, type Row as TableRow } from "@tanstack/react-table";
import type { KeyboardEvent, ReactNode } from "react";
import { classNames } from "./class-names";
import type { Features } from "./data-table-columns";

/** One row: it takes the focus as a whole, and opens. */
export function BodyRow<Row extends RowData>({
  row,
  index,
  kind,
  height,
  isActive,
  isSelected,
  narrow,
  onFocus,
  onKey,
  onNear,
  onOpen,
}: {
  row: TableRow<Features, Row>;
  index: number;
  kind?: string;
  height: number;
  isActive: boolean;
  /** Undefined where rows cannot be selected. */
  isSelected: boolean | undefined;
  /** The row as one cell, where the screen is narrow. */
  narrow: ((row: Row) => ReactNode) | null;
  onFocus(): void;
  onKey(event: KeyboardEvent): void;
  /** A pointer came to it. */
  onNear?(row: Row): void;
  onOpen?(row: Row): void;
}) {
  return (
    <tr
      data-row={index}
      {...(kind && { [`data-${kind}`]: row.id })}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      onFocus={onFocus}
      onPointerEnter={onNear && (() => onNear(row.original))}
      // Keys of a control inside the row are that control's; the row hears only its own.
      onKeyDown={(event) => event.target === event.currentTarget && onKey(event)}
      onClick={(event) => {
        if ((event.target as Element).closest("a, button, input, label, [role=checkbox]")) return;
        onOpen?.(row.original);
      }}
      className={classNames(
        "group/row break-inside-avoid -outline-offset-2 hover:bg-hover focus-visible:outline-2 focus-visible:outline-accent",
        isSelected && "bg-accent-soft hover:bg-accent-soft",
      )}
      style={{ height }}
    >
      {narrow ? (
        <td className="border-line border-b px-4 align-middle">{narrow(row.original)}</td>
      ) : (
        row.getVisibleCells().map((cell) => (
          <td
            key={cell.id}
            className={classNames(
              "overflow-hidden text-ellipsis whitespace-nowrap border-line border-b px-2 print:whitespace-normal print:py-0.5 first:pl-4 last:pr-4 sm:last:pr-6 sm:first:pl-6",
              cell.column.columnDef.meta?.align === "end" && "text-right",
            )}
          >
            <FlexRender cell={cell} />
          </td>
        ))
      )}
    </tr>
  );
}

/** The rows out of sight, as one empty height. */
export function Spacer({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus
    <tr aria-hidden="true">
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  );
}
