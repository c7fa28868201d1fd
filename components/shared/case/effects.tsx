import { Money } from "@/components/shared/money";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { OUTCOME_WORDS } from "@/lib/attribution/words";
import type { Effect, ExceptionDetail } from "./answers";
import { DECISION_WORDS, DECISIONS, rulingWords } from "./exception-words";
import { Part } from "./part";

/** What each possible decision would make of the deal: its outcome, and each partner's credit, before and after. */
export function Effects({
  possible,
  currency,
  keys = false,
}: Pick<ExceptionDetail, "possible" | "currency"> & {
  /** Says the key of each decision beside it. */
  keys?: boolean;
}) {
  const before = possible[0]?.before;
  if (!before)
    return (
      <Part title="What each decision would change">
        <p className="text-ink-2">The deal is not there any more: no decision changes anything.</p>
      </Part>
    );
  const row = "grid gap-x-4 gap-y-1 py-2 sm:grid-cols-[minmax(9rem,2fr)_minmax(0,3fr)]";
  return (
    <Part title="What each decision would change">
      <ul className="divide-y divide-line border-line border-y">
        <li className={row}>
          <span className="text-ink-3">As it stands</span>
          <Standing effect={before} currency={currency} />
        </li>
        {possible.map((one) => (
          <li key={`${one.decision}:${one.partner?.id}:${one.outcome}`} className={row}>
            <span className="flex items-start gap-2">
              {keys && <Kbd keys={String(DECISIONS.indexOf(one.decision) + 1)} />}
              <span className="min-w-0">
                {one.decision === "ruling" ? (
                  <>
                    <span className="font-medium">{rulingWords(one)}</span>
                    <span className="sr-only">, by a ruling</span>
                  </>
                ) : (
                  <span className="font-medium">{DECISION_WORDS[one.decision].label}</span>
                )}
              </span>
            </span>
            {one.changes ? (
              <Change before={one.before} after={one.after} currency={currency} />
            ) : (
              <span className="text-ink-3">
                {one.decision === "learning" ? "Nothing now; kept for the amendment" : "Nothing changes"}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

const lineKey = ({ partner, outcome }: Effect["credit"][number]) => `${partner.id}:${outcome}`;

/** Only what moves: the deal's outcome, then the credit lines that come, go or carry another amount. */
export function Change({ before, after, currency }: { before: Effect; after: Effect; currency: string }) {
  const was = new Map(before.credit.map((line) => [lineKey(line), line]));
  const is = new Map(after.credit.map((line) => [lineKey(line), line]));
  const lines = [...new Map([...was, ...is]).entries()]
    .map(([key, line]) => ({ ...line, key, from: was.get(key)?.amount ?? 0, to: is.get(key)?.amount ?? 0 }))
    .filter(({ from, to }) => from !== to);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      {before.outcome !== after.outcome && (
        <p className="flex flex-wrap items-center gap-1.5">
          <OutcomeBadge outcome={before.outcome} />
          <Becomes />
          <OutcomeBadge outcome={after.outcome} />
        </p>
      )}
      {lines.map((line) => (
        <p key={line.key} className="flex flex-wrap items-baseline justify-between gap-x-3 text-xs">
          <span className="text-ink-2">
            {line.partner.name}, {OUTCOME_WORDS[line.outcome].label.toLowerCase()}
          </span>
          <span className="flex items-center gap-1.5">
            <Money amount={line.from} currency={currency} className="text-ink-3" />
            <Becomes />
            <Money amount={line.to} currency={currency} className="font-medium" />
          </span>
        </p>
      ))}
    </div>
  );
}

function Becomes() {
  return (
    <>
      <Icon name="chevronRight" className="size-3 text-ink-3" />
      <span className="sr-only">becomes</span>
    </>
  );
}

function Standing({ effect, currency }: { effect: Effect; currency: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <OutcomeBadge outcome={effect.outcome} />
      {effect.credit.map((line) => (
        <p key={lineKey(line)} className="flex flex-wrap items-baseline justify-between gap-x-3 text-xs">
          <span className="text-ink-2">
            {line.partner.name}, {OUTCOME_WORDS[line.outcome].label.toLowerCase()}
          </span>
          <Money amount={line.amount} currency={currency} />
        </p>
      ))}
      {effect.credit.length === 0 && <span className="text-ink-3 text-xs">No partner has credit</span>}
    </div>
  );
}
