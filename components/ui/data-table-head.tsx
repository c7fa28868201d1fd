"use client";

import { FlexRender, type Header, type HeaderGroup, type RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import type { Features, Sort } from "./data-table-columns";
import { Icon } from "./icon";

/** The columns' heads, each a button where its column can be sorted. */
export function TableHead<Row extends RowData>({
  groups,
  sort,
  onSort,
}: {
  groups: readonly HeaderGroup<Features, Row>[];
  sort?: Sort;
  onSort?(by: string): void;
}) {
  return (
    <thead>
      {groups.map((group) => (
        <tr key={group.id} aria-rowindex={1}>
          {group.headers.map((header) => (
            <ColumnHead key={header.id} header={header} sort={sort} onSort={onSort} />
          ))}
        </tr>
      ))}
    </thead>
  );
}

/** Where rows have no columns, the table still has a head for whoever cannot see it. */
export function NarrowHead({ label }: { label: string }) {
  return (
    <thead className="sr-only">
      <tr aria-rowindex={1}>
        <th scope="col">{label}</th>
      </tr>
    </thead>
  );
}

function ColumnHead<Row extends RowData>({
  header,
  sort,
  onSort,
}: {
  header: Header<Features, Row>;
  sort?: Sort;
  onSort?(by: string): void;
}) {
  const meta = header.column.columnDef.meta;
  const by = meta?.sort;
  const sorted = by !== undefined && sort?.by === by ? sort.dir : null;
  let content: ReactNode = <FlexRender header={header} />;
  if (by && onSort)
    content = (
      <button
        type="button"
        onClick={() => onSort(by)}
        className="inline-flex items-center gap-1 rounded-sm hover:text-ink"
      >
        {content}
        {sorted && <Icon name={sorted === "asc" ? "sortUp" : "sortDown"} className="size-3" />}
      </button>
    );
  return (
    <th
      scope="col"
      aria-sort={sorted ? (sorted === "asc" ? "ascending" : "descending") : undefined}
      className={classNames(
        "eyebrow sticky print:static top-0 z-10 h-8 border-line border-b bg-canvas px-2 font-medium first:pl-4 last:pr-4 sm:last:pr-6 sm:first:pl-6",
        meta?.align === "end" ? "text-right" : "text-left",
      )}
    >
      {content}
    </th>
  );
}
