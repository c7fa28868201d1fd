"use client";

import {
  type ColumnDef,
  type ColumnVisibilityState,
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  type RowData,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { classNames } from "./class-names";
import { Icon } from "./icon";
import { useKeys } from "./keys";
import { useNarrow } from "./narrow";

interface ColumnMeta {
  /** Pixels; the one column without a width takes what is left. */
  width?: number;
  align?: "start" | "end";
  /** The server's name for sorting by this column; absent, it cannot be sorted. */
  sort?: string;
  /** The header in words, where the header itself is a glyph. */
  name?: string;
}

const features = tableFeatures({ columnVisibilityFeature, columnMeta: metaHelper<ColumnMeta>() });
type Features = typeof features;

/** Columns for a DataTable; declare them at module scope, they must be stable. */
export function columnsFor<Row extends RowData>() {
  return createColumnHelper<Features, Row>();
}

export interface DataTableProps<Row extends RowData> {
  /** What the table holds, for assistive technology. */
  label: string;
  // biome-ignore lint/suspicious/noExplicitAny: each column has its own value type; the helper keeps them
  columns: ColumnDef<Features, Row, any>[];
  rows: readonly Row[];
  rowId(row: Row): string;
  /** Rows there are, loaded or not. */
  total?: number;
  visibility?: ColumnVisibilityState;
  sort?: { by: string; dir: "asc" | "desc" };
  onSort?(by: string): void;
  selected?: ReadonlySet<string>;
  onOpen?(row: Row): void;
  /** A key pressed on the focused row; arrows, J, K and Enter are taken already. */
  onRowKey?(event: KeyboardEvent, row: Row): void;
  /** Near the end of the loaded rows. */
  onNearEnd?(): void;
  /** Marks each row with what it is: `deal` becomes `data-deal="D-1"`, by which page-wide keys find it. */
  kind?: string;
  /** The same row where the screen is narrower than a table. */
  narrow(row: Row): ReactNode;
  foot?: ReactNode;
  empty?: ReactNode;
}

const ROW = 37;
const NARROW_ROW = 76;

/**
 * A virtualised table: a native `<table>` with the grid pattern's row focus, of which only the rows in
 * sight exist. Sorting and filtering are the server's; so is the meaning of every cell the caller's.
 */
export function DataTable<Row extends RowData>({
  label,
  columns,
  rows,
  rowId,
  total = rows.length,
  visibility,
  sort,
  onSort,
  selected,
  onOpen,
  onRowKey,
  onNearEnd,
  kind,
  narrow,
  foot,
  empty,
}: DataTableProps<Row>) {
  const isNarrow = useNarrow();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const height = isNarrow ? NARROW_ROW : ROW;

  const table = useTable({
    features,
    columns,
    data: rows as Row[],
    getRowId: rowId,
    state: { columnVisibility: visibility ?? {} },
  });
  const model = table.getRowModel().rows;

  const virtualizer = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    scrollPaddingStart: isNarrow ? 0 : 36,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row height is what changes
  useEffect(() => virtualizer.measure(), [height]);

  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onNearEnd && rows.length > 0 && rows.length < total && last > rows.length - 40) onNearEnd();
  }, [last, rows.length, total, onNearEnd]);

  const focusRow = useCallback(
    (index: number) => {
      const next = Math.max(0, Math.min(index, model.length - 1));
      setActive(next);
      virtualizer.scrollToIndex(next);
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus({ preventScroll: true }),
      );
    },
    [model.length, virtualizer],
  );

  const focused = () => scroller.current?.contains(document.activeElement) ?? false;
  useKeys({
    j: () => focusRow(focused() ? active + 1 : active),
    k: () => focusRow(focused() ? active - 1 : active),
  });

  const heard = (event: KeyboardEvent, row: Row, index: number) => {
    // Keys of a control inside the row are that control's; the row hears only its own.
    if (event.target !== event.currentTarget) return;
    const moves: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + 12,
      PageUp: index - 12,
      Home: 0,
      End: model.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      focusRow(to);
    } else if (event.key === "Enter") onOpen?.(row);
    else onRowKey?.(event, row);
  };

  const before = items[0]?.start ?? 0;
  const after = items.length > 0 ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const visible = table.getVisibleLeafColumns();
  const fixed = visible.reduce((sum, column) => sum + (column.columnDef.meta?.width ?? 240), 0);

  return (
    <div className="flex min-h-0 flex-1 flex-col border-line border-t">
      <div
        ref={scroller}
        className="relative min-h-72 flex-1 overflow-auto [contain:strict]"
        // A scroller is a stop of its own only while no row is: axe asks for one or the other.
        tabIndex={model.length === 0 ? 0 : undefined}
      >
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows take focus, as the grid pattern has it
          role="grid"
          aria-label={label}
          aria-rowcount={total + 1}
          aria-multiselectable={selected ? true : undefined}
          className="w-full table-fixed border-separate border-spacing-0"
          style={{ minWidth: isNarrow ? undefined : fixed }}
        >
          {!isNarrow && (
            <colgroup>
              {visible.map((column) => (
                <col key={column.id} style={{ width: column.columnDef.meta?.width }} />
              ))}
            </colgroup>
          )}
          <thead className={isNarrow ? "sr-only" : undefined}>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id} aria-rowindex={1}>
                {(isNarrow ? group.headers.slice(0, 1) : group.headers).map((header) => {
                  const meta = header.column.columnDef.meta;
                  const by = meta?.sort;
                  const isSorted = by !== undefined && sort?.by === by;
                  const content = isNarrow ? label : <table.FlexRender header={header} />;
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      aria-sort={isSorted ? (sort?.dir === "asc" ? "ascending" : "descending") : undefined}
                      className={classNames(
                        "eyebrow sticky top-0 z-10 h-8 border-line border-b bg-canvas px-2 font-medium first:pl-4 last:pr-4 sm:last:pr-6 sm:first:pl-6",
                        meta?.align === "end" ? "text-right" : "text-left",
                      )}
                    >
                      {by && onSort && !isNarrow ? (
                        <button
                          type="button"
                          onClick={() => onSort(by)}
                          className="inline-flex items-center gap-1 rounded-sm hover:text-ink"
                        >
                          {content}
                          {isSorted && (
                            <Icon name={sort?.dir === "asc" ? "sortUp" : "sortDown"} className="size-3" />
                          )}
                        </button>
                      ) : (
                        content
                      )}
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {before > 0 && <Spacer height={before} span={isNarrow ? 1 : visible.length} />}
            {items.map((item) => {
              const row = model[item.index];
              if (!row) return null;
              const isSelected = selected?.has(row.id) ?? false;
              return (
                <tr
                  key={row.id}
                  data-row={item.index}
                  {...(kind && { [`data-${kind}`]: row.id })}
                  aria-rowindex={item.index + 2}
                  aria-selected={selected ? isSelected : undefined}
                  tabIndex={item.index === active ? 0 : -1}
                  onFocus={() => setActive(item.index)}
                  onKeyDown={(event) => heard(event, row.original, item.index)}
                  onClick={(event) => {
                    if ((event.target as Element).closest("a, button, input, label, [role=checkbox]")) return;
                    onOpen?.(row.original);
                  }}
                  className={classNames(
                    "group/row -outline-offset-2 hover:bg-hover focus-visible:outline-2 focus-visible:outline-accent",
                    isSelected && "bg-accent-soft hover:bg-accent-soft",
                  )}
                  style={{ height }}
                >
                  {isNarrow ? (
                    <td className="border-line border-b px-4 align-middle">{narrow(row.original)}</td>
                  ) : (
                    row.getVisibleCells().map((cell) => (
                      <td
                        key={cell.id}
                        className={classNames(
                          "overflow-hidden text-ellipsis whitespace-nowrap border-line border-b px-2 first:pl-4 last:pr-4 sm:last:pr-6 sm:first:pl-6",
                          cell.column.columnDef.meta?.align === "end" && "text-right",
                        )}
                      >
                        <table.FlexRender cell={cell} />
                      </td>
                    ))
                  )}
                </tr>
              );
            })}
            {after > 0 && <Spacer height={after} span={isNarrow ? 1 : visible.length} />}
          </tbody>
        </table>
        {model.length === 0 && empty}
      </div>
      {foot && (
        <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line border-t bg-canvas px-4 py-1.5 text-ink-2 text-xs sm:px-6">
          {foot}
        </div>
      )}
    </div>
  );
}

/** The rows out of sight, as one empty height. */
function Spacer({ height, span }: { height: number; span: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus
    <tr aria-hidden="true">
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  );
}
