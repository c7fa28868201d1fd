import { OutcomeBadge, OutcomeGlyph } from "@/components/shared/outcome-badge";
import { Chip } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { Tooltip } from "@/components/ui/tooltip";
import type { Outputs } from "@/lib/api/client";
import { DEAL_OUTCOME_LABELS, OUTCOME_WORDS, ROLE_WORDS, STAGE_WORDS } from "@/lib/attribution/words";
import { needsDecision } from "@/lib/metrics/deal-status";
import { DEAL_STATUS_WORDS, statusReason } from "@/lib/metrics/deal-status-words";
import { capital } from "@/lib/text/words";

export type DealRow = Outputs["dealsList"]["rows"][number];

/** How it stands with its partner decision, as a word with its reason. */
export function StatusText({ row, me = null }: { row: DealRow; me?: string | null }) {
  const { short, sentence } = statusReason(row, me);
  const { label } = DEAL_STATUS_WORDS[row.status];
  const waits = needsDecision(row.status) || row.status === "disputed";
  return (
    <Tooltip text={sentence}>
      <span className="block min-w-0 truncate text-xs">
        <span className={waits ? "font-medium text-ink" : "text-ink-3"}>
          {row.status === "waits_for_ae" ? capital(short) : label}
        </span>
        {short && row.status !== "waits_for_ae" && (
          <span className={waits ? "text-ink-2" : "text-ink-3"}> · {short}</span>
        )}
      </span>
    </Tooltip>
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
  const stage = (
    <span className="inline-flex min-w-0 max-w-full items-center gap-2">
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
  return word ? stage : <Tooltip text={STAGE_WORDS[row.stage].label}>{stage}</Tooltip>;
}

const PROOFS = {
  proven: { says: "Every activity has proof", look: "bg-accent" },
  missing: { says: "An activity lacks proof", look: "border border-warn bg-transparent" },
} as const;

/** Nothing is drawn where nothing was done. */
export function ProofDot({ proof }: { proof: DealRow["proof"] }) {
  if (proof === "none") return <span className="sr-only">No activity yet</span>;
  const { says, look } = PROOFS[proof];
  return (
    <Tooltip text={says} names>
      <span className="inline-flex items-center">
        <span className={classNames("inline-block size-2 rounded-full", look)} />
        <span className="sr-only">{says}</span>
      </span>
    </Tooltip>
  );
}

const CHIPS_SHOWN = 2;

/** What a partner's chip says in full. */
function saidOf(partner: DealRow["partners"][number]): string {
  return [
    partner.name,
    partner.recordedAs ? `recorded as ${partner.recordedAs}` : "",
    partner.role ? ROLE_WORDS[partner.role].label : "no role yet",
    partner.touchStage !== null ? `touched at stage ${partner.touchStage}` : "",
    partner.role && !partner.confirmed ? "not confirmed" : "",
    OUTCOME_WORDS[partner.outcome].label,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** The partners with role and stage touched, a dashed chip waiting for the AE; or that none is involved. */
export function PartnerChips({ row }: { row: DealRow }) {
  const shown = row.partners.slice(0, CHIPS_SHOWN);
  const rest = row.partners.slice(CHIPS_SHOWN);
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden">
      {row.status === "no_partner" && (
        <Chip tone="quiet">
          No partner
          <Icon name="check" className="size-3" />
        </Chip>
      )}
      {shown.map((partner) => (
        <Tooltip key={partner.rowId ?? partner.id} text={saidOf(partner)}>
          <span className="inline-flex min-w-0 shrink">
            <Chip
              tone={partner.role === null || !partner.confirmed ? "dashed" : "plain"}
              className="min-w-0 shrink"
            >
              <OutcomeGlyph outcome={partner.outcome} className="size-2" />
              <span className="min-w-8 max-w-36 truncate text-ink">{partner.name}</span>
              <span className="min-w-0 shrink-[9999] truncate text-ink-3">
                {partner.role ? ROLE_WORDS[partner.role].label : "no role"}
                {partner.touchStage !== null && ` · ${partner.touchStage}`}
              </span>
            </Chip>
          </span>
        </Tooltip>
      ))}
      {rest.length > 0 && (
        <Tooltip text={rest.map((partner) => partner.name).join(", ")}>
          <span className="inline-flex">
            <Chip tone="quiet">+{rest.length}</Chip>
          </span>
        </Tooltip>
      )}
    </span>
  );
}

/** Whether anything was earned; a dash is quieter than the word on every row. */
export function OutcomeCell({ outcome }: { outcome: DealRow["outcome"] }) {
  if (outcome !== "none" && outcome !== "unattributed") return <OutcomeBadge outcome={outcome} />;
  return (
    <span className="text-ink-3">
      <span aria-hidden="true">—</span>
      <span className="sr-only">{OUTCOME_WORDS[outcome].label}</span>
    </span>
  );
}
