import { OutcomeGlyph } from "@/components/shared/outcome-badge";
import { clauseName } from "@/lib/attribution/clauses";
import type { ExceptionDetail } from "./answers";
import { Part } from "./part";

/** Both claims side by side, so that neither stands above the other: who claims what, and what the rule says. */
export function Claims({ claims: { claimant, rule } }: Pick<ExceptionDetail, "claims">) {
  return (
    <Part title="Both claims">
      <div className="grid gap-2 sm:grid-cols-[repeat(auto-fit,minmax(15rem,1fr))]">
        <div className="rounded-md border border-line bg-surface px-3 py-2.5">
          <p className="text-ink-3 text-xs">Claim of {claimant.who}</p>
          <p className="mt-0.5 text-pretty">{claimant.says}</p>
        </div>
        <div className="rounded-md border border-line bg-surface px-3 py-2.5">
          <p className="text-ink-3 text-xs">
            The rule says{rule.clause && <> · memo, “{clauseName(rule.clause)}”</>}
          </p>
          <p className="mt-0.5 text-pretty">{rule.text}</p>
          {rule.verdicts.length > 0 && (
            <ul className="mt-2 flex flex-col gap-1.5 border-line border-t pt-2 text-ink-2 text-xs">
              {rule.verdicts.map((verdict) => (
                <li key={verdict.partner.id} className="flex gap-1.5">
                  <OutcomeGlyph outcome={verdict.outcome} className="mt-1" />
                  <span className="min-w-0 text-pretty">{verdict.sentence}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </Part>
  );
}
