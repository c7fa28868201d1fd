import type { ReactNode } from "react";

/** What a section asks, and its answer's headline; the same on every screen of the meeting. */
export function SectionHead({
  title,
  lead,
  aside,
}: {
  /** With the word of the glossary that it is about. */
  title: ReactNode;
  lead?: ReactNode;
  aside?: ReactNode;
}) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
      <div className="min-w-0">
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        {lead && <p className="mt-1 max-w-prose text-pretty text-base text-ink-2">{lead}</p>}
      </div>
      {aside}
    </header>
  );
}
