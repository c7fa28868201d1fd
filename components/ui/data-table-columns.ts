"use client";

import {
  type ColumnDef,
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  type RowData,
  tableFeatures,
} from "@tanstack/react-table";

interface ColumnMeta {
  /** Pixels; the one column without a width takes what is left. */
  width?: number;
  align?: "start" | "end";
  /** The server's name for sorting by this column; absent, it cannot be sorted. */
  sort?: string;
  /** Of no use on paper: a box to tick. */
  screenOnly?: boolean;
  /** The header in words, where the header itself is a glyph. */
  name?: string;
}

export const features = tableFeatures({ columnVisibilityFeature, columnMeta: metaHelper<ColumnMeta>() });
export type Features = typeof features;

/** Columns for a DataTable; declare them at module scope, they must be stable. */
export function columnsFor<Row extends RowData>() {
  return createColumnHelper<Features, Row>();
}

// biome-ignore lint/suspicious/noExplicitAny: each column has its own value type; the helper keeps them
export type Columns<Row extends RowData> = ColumnDef<Features, Row, any>[];

/** How the server sorts. */
export interface Sort {
  by: string;
  dir: "asc" | "desc";
}
