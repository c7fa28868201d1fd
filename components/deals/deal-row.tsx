import { EvidenceMark } from "@/components/shared/evidence";
import { Money } from "@/components/shared/money";
import { OutcomeBadge, OutcomeGlyph } from "@/components/shared/outcome-badge";
import { Chip } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import type { Outputs } from "@/lib/api/client";
import { DEAL_OUTCOME_LABELS, OUTCOME_WORDS, ROLE_WORDS, STAGE_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";

export type DealRow = Outputs["dealsList"]["rows"][number];

const WARNINGS: Readonly<Record<NonNullable<DealRow["warning"]>, { label: string; says: string }>> = {
  disputed: { label: "Disputed", says: "A partner would earn more if a gap in its evidence were filled." },
  won_unconfirmed: { label: "Won, unconfirmed", says: "It was won and nobody confirmed its attribution." },
  row_unconfirmed: { label: "Confirm row", says: "A role row waits for the deal's AE to confirm it." },
  closing_undecided: {
    label: "Decide",
    says: "It is close to the end and nobody said yet whether a partner is involved.",
  },
};

export function WarningChip({ warning }: { warning: DealRow["warning"] }) {
  if (!warning) return null;
  const { label, says } = WARNINGS[warning];
  return (
    <Chip tone="warn" title={says}>
      <Icon name="alert" className="size-3" />
      {label}
    </Chip>
  );
}

/** The stage as a bar of seven, with its number and, where there is room, its word. */
export function StageText({ row, word = true }: { row: Pick<DealRow, "stage" | "state">; word?: boolean }) {
  if (row.state !== "open")
    return (
      <span className={classNames("inline-flex items-center gap-1.5", row.state === "lost" && "text-ink-3")}>
        <Icon
          name={row.state === "won" ? "check" : "close"}
          className={classNames("size-3.5", row.state === "won" ? "text-accent" : "text-ink-3")}
        />
        {DEAL_OUTCOME_LABELS[row.state]}
      </span>
    );
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-2" title={STAGE_WORDS[row.stage].label}>
      <span aria-hidden="true" className="flex shrink-0 gap-px">
        {[1, 2, 3, 4, 5].map((step) => (
          <span
            key={step}
            className={classNames(
              "h-2.5 w-1 rounded-[1px]",
              step <= row.stage ? "bg-ink-2" : "bg-line-strong",
            )}
          />
        ))}
      </span>
      <span className="tabular">{row.stage}</span>
      {word && <span className="truncate text-ink-2">{STAGE_WORDS[row.stage].label}</span>}
    </span>
  );
}

const PROOFS = {
  proven: { says: "Every activity has proof", look: "bg-accent" },
  missing: { says: "An activity lacks proof", look: "border border-warn bg-transparent" },
  none: { says: "No activity yet", look: "bg-line-strong" },
} as const;

export function ProofDot({ proof }: { proof: DealRow["proof"] }) {
  const { says, look } = PROOFS[proof];
  return (
    <span title={says} className="inline-flex items-center">
      <span className={classNames("inline-block size-2 rounded-full", look)} />
      <span className="sr-only">{says}</span>
    </span>
  );
}

const CHIPS_SHOWN = 2;

/** The partners with role and stage touched; a dashed chip waits for the AE. */
export function PartnerChips({ row }: { row: DealRow }) {
  const shown = row.partners.slice(0, CHIPS_SHOWN);
  const rest = row.partners.slice(CHIPS_SHOWN);
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden">
      {shown.map((partner) => (
        <Chip
          key={partner.rowId ?? partner.id}
          tone={partner.role === null || !partner.confirmed ? "dashed" : "plain"}
          title={[
            partner.name,
            partner.role ? ROLE_WORDS[partner.role].label : "no role yet",
            partner.touchStage !== null ? `touched at stage ${partner.touchStage}` : "",
            partner.role && !partner.confirmed ? "not confirmed" : "",
            OUTCOME_WORDS[partner.outcome].label,
          ]
            .filter(Boolean)
            .join(" · ")}
          className="min-w-0 shrink"
        >
          <OutcomeGlyph outcome={partner.outcome} className="size-2" />
          <span className="min-w-8 max-w-36 truncate text-ink">{partner.name}</span>
          <span className="min-w-0 shrink-[9999] truncate text-ink-3">
            {partner.role ? ROLE_WORDS[partner.role].label : "no role"}
            {partner.touchStage !== null && ` · ${partner.touchStage}`}
          </span>
        </Chip>
      ))}
      {rest.length > 0 && (
        <Chip tone="quiet" title={rest.map((partner) => partner.name).join(", ")}>
          +{rest.length}
        </Chip>
      )}
    </span>
  );
}

/** A deal where a table has no room. */
export function NarrowDeal({ row }: { row: DealRow }) {
  return (
    <div className="flex flex-col gap-0.5 py-2">
      <div className="flex items-baseline justify-between gap-3">
        <span className="truncate font-medium">{row.account ?? row.id}</span>
        <Money amount={row.amount} currency={row.currency} />
      </div>
      <div className="flex items-center justify-between gap-3 text-ink-2 text-xs">
        <span className="truncate">
          {row.owner} · {row.closedOn ? dayInWords(row.closedOn) : `stage ${row.stage}`}
        </span>
        <span className="flex items-center gap-2">
          {row.evidence && <EvidenceMark grade={row.evidence} />}
          <OutcomeBadge outcome={row.outcome} />
        </span>
      </div>
      <div className="flex h-5 items-center gap-1 overflow-hidden">
        <WarningChip warning={row.warning} />
        <PartnerChips row={row} />
      </div>
    </div>
  );
}
