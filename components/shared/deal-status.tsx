import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Tooltip } from "@/components/ui/tooltip";
import type { DealStatus } from "@/lib/metrics/deal-status";
import { DEAL_STATUS_WORDS } from "@/lib/metrics/deal-status-words";

const RING = <circle cx="7" cy="7" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.5" />;
const TICK = (
  <path
    d="m4.7 7.2 1.7 1.7 3-3.6"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
  />
);

/** Shapes tell statuses apart without colour: what waits for somebody is open or half full. */
const LOOKS: Readonly<Record<DealStatus, { tone: string; shape: ReactNode }>> = {
  to_decide: {
    tone: "text-warn",
    shape: (
      <circle
        cx="7"
        cy="7"
        r="5.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeDasharray="2.3 1.8"
      />
    ),
  },
  waits_for_ae: {
    tone: "text-warn",
    shape: (
      <>
        {RING}
        <path d="M7 3.6a3.4 3.4 0 0 1 0 6.8Z" fill="currentColor" />
      </>
    ),
  },
  disputed: {
    tone: "text-danger",
    shape: (
      <>
        <path d="M7 1.2 12.8 7 7 12.8 1.2 7Z" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M7 4.6v2.8M7 9.3v.1" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </>
    ),
  },
  decided: {
    tone: "text-accent",
    shape: (
      <>
        <circle cx="7" cy="7" r="6" fill="currentColor" />
        <g className="text-canvas">{TICK}</g>
      </>
    ),
  },
  no_partner: {
    tone: "text-ink-3",
    shape: (
      <>
        {RING}
        {TICK}
      </>
    ),
  },
  unanswered: {
    tone: "text-ink-3",
    shape: <path d="M3.5 7h7" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />,
  },
};

/** How a deal stands, as one glyph; the word is said to whoever cannot see it. */
export function StatusGlyph({ status, says }: { status: DealStatus; says?: string }) {
  const { tone, shape } = LOOKS[status];
  const { label } = DEAL_STATUS_WORDS[status];
  const glyph = (
    <span className={classNames("inline-flex items-center", tone)}>
      <svg viewBox="0 0 14 14" aria-hidden="true" className="size-3.5 shrink-0">
        {shape}
      </svg>
      <span className="sr-only">{label}</span>
    </span>
  );
  return says ? <Tooltip text={`${label}. ${says}`}>{glyph}</Tooltip> : glyph;
}
