"use client";

import {
  type Column,
  type ColumnVisibilityState,
  type RowData,
  type Row as TableRow,
  useTable,
} from "@tanstack/react-table";
import { type KeyboardEvent, type ReactNode, type RefObject, useRef } from "react";
import { type Columns, type Features, features, type Sort } from "./data-table-columns";
import { NarrowHead, TableHead } from "./data-table-head";
import { BodyRow, Spacer } from "./data-table-row";
import { useNarrow } from "./narrow";
import { ON_PAPER, usePrinting } from "./print-whole";
import { useRowFocus } from "./use-row-focus";
import { useVisibleRows } from "./use-visible-rows";

interface DataTableProps<Row extends RowData> {
  /** What the table holds, for assistive technology. */
  label: string;
  columns: Columns<Row>;
  rows: readonly Row[];
  rowId(row: Row): string;
  /** Rows there are, loaded or not. */
  total?: number;
  visibility?: ColumnVisibilityState;
  /** Lower rows, more of them in sight. */
  dense?: boolean;
  sort?: Sort;
  onSort?(by: string): void;
  selected?: ReadonlySet<string>;
  onOpen?(row: Row): void;
  /** A key pressed on the focused row; arrows, J, K and Enter are taken already. */
  onRowKey?(event: KeyboardEvent, row: Row): void;
  /** The focus went from one row to another with Shift held: both, and what is between, are meant. */
  onReach?(from: Row, to: Row): void;
  /** The focus came to a row. */
  onRowFocus?(row: Row): void;
  /** The focus or a pointer came to a row: it may be the next to be opened. */
  onRowNear?(row: Row): void;
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
const DENSE_ROW = 29;
const HEAD = 36;
/** What a column without a width has at least. */
const FREE = 200;
const NARROW_ROW = 76;
const PAPER_ROW = 24;

/**
 * A virtualised table: a native `<table>` with the grid pattern's row focus, of which only the rows in
 * sight exist. Sorting and filtering are the server's; so is the meaning of every cell the caller's.
 */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { label, rows, total = rows.length } = props;
  const isOnPaper = usePrinting();
  const isNarrow = useNarrow() && !isOnPaper;
  const height = isNarrow ? NARROW_ROW : isOnPaper ? PAPER_ROW : props.dense ? DENSE_ROW : ROW;
  const scroller = useRef<HTMLDivElement>(null);
  const table = useTable({
    features,
    columns: props.columns,
    data: rows as Row[],
    getRowId: props.rowId,
    state: { columnVisibility: { ...props.visibility, ...(isOnPaper && awayOnPaper(props.columns)) } },
  });
  const model = table.getRowModel().rows;
  const view = useVisibleRows(scroller, {
    count: model.length,
    height,
    headHeight: isNarrow ? 0 : HEAD,
    total,
    onNearEnd: props.onNearEnd,
  });
  const shown = isOnPaper ? wholeOf(model.length) : view;
  const focus = useRowFocus(scroller, model.length, view.scrollToIndex);
  const visible = table.getVisibleLeafColumns();

  return (
    <Frame scroller={scroller} isEmpty={model.length === 0} empty={props.empty} foot={props.foot}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows take focus, as the grid pattern has it
        role="grid"
        aria-label={label}
        aria-rowcount={total + 1}
        aria-multiselectable={props.selected ? true : undefined}
        className="w-full table-fixed border-separate border-spacing-0"
        style={isNarrow || isOnPaper ? undefined : { minWidth: widthOf(visible) }}
      >
        {isNarrow ? (
          <NarrowHead label={label} />
        ) : (
          <>
            <ColumnWidths columns={visible} isOnPaper={isOnPaper} />
            <TableHead groups={table.getHeaderGroups()} sort={props.sort} onSort={props.onSort} />
          </>
        )}
        <Body
          {...props}
          {...{ model, focus, height, isNarrow }}
          view={shown}
          span={isNarrow ? 1 : visible.length}
        />
      </table>
    </Frame>
  );
}

/** The rows in sight, between the heights of those that are not. */
function Body<Row extends RowData>({
  model,
  view,
  focus,
  height,
  isNarrow,
  span,
  ...props
}: DataTableProps<Row> & {
  model: readonly TableRow<Features, Row>[];
  view: Pick<ReturnType<typeof useVisibleRows>, "indexes" | "before" | "after">;
  focus: ReturnType<typeof useRowFocus>;
  height: number;
  isNarrow: boolean;
  /** Columns that a row spans. */
  span: number;
}) {
  const heard = (event: KeyboardEvent, row: Row, index: number) => {
    const to = focus.moved(event, index);
    const reached = to === null ? undefined : model[to]?.original;
    if (reached && event.shiftKey) props.onReach?.(row, reached);
    if (to !== null) return;
    if (event.key === "Enter") props.onOpen?.(row);
    else props.onRowKey?.(event, row);
  };
  return (
    <tbody>
      <Spacer height={view.before} span={span} />
      {view.indexes.map((index) => {
        const row = model[index];
        return (
          row && (
            <BodyRow
              key={row.id}
              row={row}
              index={index}
              height={height}
              kind={props.kind}
              isActive={index === focus.active}
              isSelected={props.selected?.has(row.id)}
              narrow={isNarrow ? props.narrow : null}
              onFocus={() => {
                focus.setActive(index);
                props.onRowFocus?.(row.original);
                props.onRowNear?.(row.original);
              }}
              onNear={props.onRowNear}
              onKey={(event) => heard(event, row.original, index)}
              onOpen={props.onOpen}
            />
          )
        );
      })}
      <Spacer height={view.after} span={span} />
    </tbody>
  );
}

/** What scrolls, and the foot that does not. */
function Frame({
  scroller,
  isEmpty,
  empty,
  foot,
  children,
}: {
  scroller: RefObject<HTMLDivElement | null>;
  isEmpty: boolean;
  empty?: ReactNode;
  foot?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col border-line border-t print:block">
      <div
        ref={scroller}
        className="relative min-h-72 flex-1 overflow-auto [contain:strict] print:min-h-0 print:overflow-visible print:[contain:none]"
        // A scroller is a stop of its own only while no row is: axe asks for one or the other.
        tabIndex={isEmpty ? 0 : undefined}
      >
        {children}
        {isEmpty && empty}
      </div>
      {foot && (
        <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line border-t bg-canvas px-4 py-1.5 text-ink-2 text-xs sm:px-6">
          {foot}
        </div>
      )}
    </div>
  );
}

/** Every row there is, as many as go on paper, and no room for others. */
const wholeOf = (rows: number) => ({
  indexes: Array.from({ length: Math.min(rows, ON_PAPER) }, (_, at) => at),
  before: 0,
  after: 0,
});

const awayOnPaper = <Row extends RowData>(columns: Columns<Row>) =>
  Object.fromEntries(columns.flatMap(({ id, meta }) => (id && meta?.screenOnly ? [[id, false]] : [])));

const widthOf = <Row extends RowData>(columns: readonly Column<Features, Row>[]) =>
  columns.reduce((sum, column) => sum + (column.columnDef.meta?.width ?? FREE), 0);

/** In pixels on a screen, which scrolls; in parts of its width on paper, which does not. */
function ColumnWidths<Row extends RowData>({
  columns,
  isOnPaper,
}: {
  columns: readonly Column<Features, Row>[];
  isOnPaper: boolean;
}) {
  const all = widthOf(columns);
  const part = (width = FREE) => `${((width / all) * 100).toFixed(2)}%`;
  return (
    <colgroup>
      {columns.map(({ id, columnDef: { meta } }) => (
        <col key={id} style={{ width: isOnPaper ? part(meta?.width) : meta?.width }} />
      ))}
    </colgroup>
  );
}
