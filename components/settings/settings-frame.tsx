"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import { PageHeader } from "@/components/ui/page-header";
import { SECTIONS } from "./sections";

/** The settings' heading and their parts, beside or above what is open. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const here = usePathname();
  const current = SECTIONS.find(({ href }) => here.startsWith(href));
  const strip = useRef<HTMLUListElement>(null);
  // On a phone the open part's name may lie beyond the edge.
  useEffect(() => {
    const open = here && strip.current?.querySelector<HTMLElement>("[aria-current]");
    if (open && strip.current) strip.current.scrollLeft = open.offsetLeft - strip.current.offsetLeft;
  }, [here]);
  return (
    <>
      <PageHeader title="Settings" lead={current?.lead} />
      <nav aria-label="Settings" className="border-line border-b px-4 sm:px-6 print:hidden">
        <ul ref={strip} className="flex gap-5 overflow-x-auto">
          {SECTIONS.map(({ href, label }) => (
            <li key={href}>
              <Link
                href={href}
                aria-current={here.startsWith(href) ? "page" : undefined}
                className={classNames(
                  "-mb-px block whitespace-nowrap border-b-2 py-2 focus-visible:-outline-offset-2",
                  here.startsWith(href)
                    ? "border-accent font-medium text-ink"
                    : "border-transparent text-ink-2 hover:text-ink",
                )}
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="px-4 pt-5 pb-12 sm:px-6">{children}</div>
    </>
  );
}
