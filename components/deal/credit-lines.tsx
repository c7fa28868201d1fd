import { Money } from "@/components/shared/money";
import { OutcomeGlyph } from "@/components/shared/outcome-badge";
import type { Outputs } from "@/lib/api/client";
import { OUTCOMES, type Outcome } from "@/lib/attribution/vocabulary";
import { OUTCOME_WORDS } from "@/lib/attribution/words";

/** The split: one line a partner within each outcome; the lines of one outcome sum to the deal's amount. */
export function CreditLines({ why }: { why: Outputs["why"] }) {
  const { currency } = why.facts.deal;
  const outcomes = OUTCOMES.filter((outcome) =>
    why.result.partners.some((partner) => partner.credit[outcome] !== undefined),
  );
  if (outcomes.length === 0) return <p className="text-ink-2">No partner has credit on this deal.</p>;
  const lines = (outcome: Outcome) =>
    why.result.partners.flatMap((partner) => {
      const amount = partner.credit[outcome];
      return amount === undefined ? [] : [{ id: partner.partnerId, amount }];
    });
  return (
    <ul className="flex flex-col gap-1">
      {outcomes.flatMap((outcome) =>
        lines(outcome).map(({ id, amount }) => (
          <li key={`${outcome}:${id}`} className="flex items-center justify-between gap-3">
            <span className="flex min-w-0 items-center gap-1.5">
              <OutcomeGlyph outcome={outcome} />
              <span className="truncate">{why.names.partners[id] ?? id}</span>
              <span className="shrink-0 text-ink-3 text-xs">
                {OUTCOME_WORDS[outcome].label.toLowerCase()}
              </span>
            </span>
            <Money amount={amount} currency={currency} />
          </li>
        )),
      )}
      {outcomes.length > 1 && (
        <li className="text-ink-3 text-xs">Lines of different outcomes are never added together.</li>
      )}
    </ul>
  );
}
