import type { ReactNode } from "react";

/** The top of a page: the question's name, what stands beside it, and what can be done. */
export function PageHeader({
  title,
  beside,
  lead,
  actions,
}: {
  title: ReactNode;
  beside?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-4 pt-4 pb-3 sm:px-6 lg:flex-nowrap">
      <div className="min-w-0">
        <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="font-semibold text-xl">{title}</h1>
          {beside}
        </div>
        {lead && <div className="mt-0.5 text-ink-2">{lead}</div>}
      </div>
      {actions && (
        <div className="flex flex-wrap items-center gap-2 lg:justify-end print:hidden">{actions}</div>
      )}
    </header>
  );
}
