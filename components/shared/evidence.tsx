import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { Tooltip } from "@/components/ui/tooltip";
import type { Grade } from "@/lib/attribution/vocabulary";
import { GRADE_WORDS } from "@/lib/attribution/words";
import { EVIDENCE_ORDER, type EvidenceShare } from "@/lib/metrics/evidence-split";
import { numberText } from "@/lib/metrics/value-text";
import { percentOf } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";

/** As many dots as stand behind it, the last one a system's: told apart without colour. */
const DOTS: Readonly<Record<Grade, React.ReactNode>> = {
  stated: <circle cx="5" cy="5" r="2" fill="none" stroke="currentColor" strokeWidth="1.2" />,
  countersigned: (
    <>
      <circle cx="2.6" cy="5" r="2" fill="currentColor" />
      <circle cx="7.4" cy="5" r="2" fill="currentColor" />
    </>
  ),
  witnessed: <path d="M1.2 5.4 3.8 8 8.8 2.2" fill="none" stroke="currentColor" strokeWidth="1.6" />,
};

/** The glyph where there is no room for its word, which a pointer or a reader still gets. */
export function EvidenceGlyph({ grade }: { grade: Grade }) {
  const { label, definition } = GRADE_WORDS[grade];
  return (
    <Tooltip text={`${label}. ${definition}`}>
      <span className="inline-flex text-ink-3">
        <Dots grade={grade} />
        <span className="sr-only">, {label.toLowerCase()}</span>
      </span>
    </Tooltip>
  );
}

function Dots({ grade }: { grade: Grade }) {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" className="size-2.5 shrink-0">
      {DOTS[grade]}
    </svg>
  );
}

/** Who stands behind an outcome or a fact: glyph and word (domain.md §1). */
export function EvidenceMark({
  grade,
  className,
  title = GRADE_WORDS[grade].definition,
}: {
  grade: Grade;
  className?: string;
  /** What it says under the pointer; empty where something else does. */
  title?: string;
}) {
  const { label } = GRADE_WORDS[grade];
  const mark = (
    <span
      className={classNames("inline-flex items-center gap-1 whitespace-nowrap text-ink-2 text-xs", className)}
    >
      <Dots grade={grade} />
      {label}
    </span>
  );
  return title ? <Tooltip text={title}>{mark}</Tooltip> : mark;
}

/** Fuller and darker the more stand behind it; hatched where one person said so. */
const FILLS: Readonly<Record<Grade | "none", string>> = {
  witnessed: "var(--accent)",
  countersigned: "color-mix(in oklab, var(--accent) 55%, var(--surface))",
  stated:
    "repeating-linear-gradient(135deg, var(--accent) 0 1px, color-mix(in oklab, var(--accent) 14%, var(--surface)) 1px 4px)",
  none: "var(--line-strong)",
};

const nameOf = (grade: Grade | null) =>
  grade === null ? "without credit" : GRADE_WORDS[grade].label.toLowerCase();

/**
 * An amount by who stands behind it: a bar to scale, and each part in words, opening to its deals. The parts
 * add up to the amount exactly (domain.md §5, §7).
 */
export function EvidenceSplit({
  shares,
  currency,
  hrefOf,
  compact = false,
}: {
  shares: readonly EvidenceShare[];
  currency: string;
  /** Where a part opens; null where its deals cannot be listed apart. */
  hrefOf?: (grade: Grade) => string | null;
  /** Shares alone, without their amounts. */
  compact?: boolean;
}) {
  const total = shares.reduce((sum, { amount }) => sum + amount, 0);
  const told = EVIDENCE_ORDER.flatMap((grade) => shares.filter(({ evidence }) => evidence === grade));
  const shown = told.filter(({ deals }) => deals > 0);
  if (total === 0 || shown.every(({ evidence }) => evidence === null)) return null;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div aria-hidden="true" className="flex h-1.5 w-full max-w-80 gap-px overflow-hidden rounded-full">
        {shown.map(({ evidence, amount }) => (
          <span
            key={evidence}
            className="h-full"
            style={{ flexGrow: amount, flexBasis: 0, background: FILLS[evidence ?? "none"] }}
          />
        ))}
      </div>
      <ul aria-label="By evidence" className="flex flex-wrap gap-x-3 text-2xs text-ink-3">
        {shown.map(({ evidence, deals, amount }) => {
          const words = (
            <>
              <span className="tabular font-medium text-ink-2">{percentOf(amount, total, 0)}</span>{" "}
              {nameOf(evidence)}
              {!compact && <span className="tabular"> {numberText(amount, "money", currency)}</span>}
            </>
          );
          const href = evidence && hrefOf?.(evidence);
          const says = evidence ? GRADE_WORDS[evidence].definition : "These deals carry no credit.";
          return (
            <Tooltip key={evidence} text={`${count(deals, "deal")}. ${says}`}>
              <li>
                {href ? (
                  <Link
                    href={href}
                    prefetch={false}
                    className="rounded-sm decoration-line-control underline-offset-2 hover:text-ink hover:underline"
                  >
                    {words}
                  </Link>
                ) : (
                  words
                )}
              </li>
            </Tooltip>
          );
        })}
      </ul>
    </div>
  );
}
