import { classNames } from "@/components/ui/class-names";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { OUTCOME_WORDS } from "@/lib/attribution/words";

/** One colour and one shape an outcome, everywhere: charts take the same variables. */
export const OUTCOME_COLOURS: Readonly<Record<Outcome, string>> = {
  sourced: "var(--outcome-sourced)",
  co_sell: "var(--outcome-co-sell)",
  accelerated: "var(--outcome-accelerated)",
  influenced: "var(--outcome-influenced)",
  influence: "var(--outcome-influence)",
  assisted: "var(--outcome-assisted)",
  assisted_close: "var(--outcome-assisted)",
  disputed: "var(--outcome-disputed)",
  attached: "var(--outcome-attached)",
  none: "var(--outcome-none)",
  unattributed: "var(--outcome-none)",
};

const FULL = <circle cx="5" cy="5" r="4" fill="currentColor" />;
const RING = <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.3" />;
const HALF = (
  <>
    {RING}
    <path d="M5 1.6a3.4 3.4 0 0 1 0 6.8Z" fill="currentColor" />
  </>
);
const QUARTER = (
  <>
    {RING}
    <path d="M5 5V1.6A3.4 3.4 0 0 1 8.4 5Z" fill="currentColor" />
  </>
);
const DASH = <path d="M2 5h6" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />;

/** Shapes tell outcomes apart without colour: the fuller the disc, the nearer to the deal's origin. */
const SHAPES: Readonly<Record<Outcome, React.ReactNode>> = {
  sourced: FULL,
  co_sell: (
    <>
      <circle cx="3.4" cy="5" r="2.6" fill="currentColor" />
      <circle cx="6.8" cy="5" r="2.4" fill="none" stroke="currentColor" strokeWidth="1.2" />
    </>
  ),
  accelerated: <path d="M5 1.2 9 8.6H1Z" fill="currentColor" />,
  influenced: HALF,
  influence: HALF,
  assisted: QUARTER,
  assisted_close: QUARTER,
  disputed: <path d="M5 .8 9.2 5 5 9.2.8 5Z" fill="none" stroke="currentColor" strokeWidth="1.4" />,
  attached: RING,
  none: DASH,
  unattributed: DASH,
};

export function OutcomeGlyph({ outcome, className }: { outcome: Outcome; className?: string }) {
  return (
    <svg
      viewBox="0 0 10 10"
      aria-hidden="true"
      className={classNames("size-2.5 shrink-0", className)}
      style={{ color: OUTCOME_COLOURS[outcome] }}
    >
      {SHAPES[outcome]}
    </svg>
  );
}

const SIZES = {
  small: "gap-1 text-ink-2 text-xs",
  medium: "gap-1.5 text-sm",
  large: "gap-2 font-semibold text-base",
} as const;

/** What the policy says partners earned: glyph, colour, and always the word. */
export function OutcomeBadge({
  outcome,
  size = "medium",
  className,
}: {
  outcome: Outcome;
  size?: "small" | "medium" | "large";
  className?: string;
}) {
  const quiet = outcome === "none" || outcome === "unattributed" || outcome === "attached";
  return (
    <span
      className={classNames(
        "inline-flex items-center whitespace-nowrap",
        SIZES[size],
        size === "medium" && (quiet ? "text-ink-2" : "font-medium"),
        className,
      )}
    >
      <OutcomeGlyph
        outcome={outcome}
        className={size === "large" ? "size-3.5" : size === "small" ? "size-2" : undefined}
      />
      {OUTCOME_WORDS[outcome].label}
    </span>
  );
}
