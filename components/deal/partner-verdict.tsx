import { EvidenceMark } from "@/components/shared/evidence";
import type { Outputs } from "@/lib/api/client";
import { testsOf } from "@/lib/attribution/models";
import type { PartnerResult } from "@/lib/attribution/result";
import { nextStepSentence, verdictSentence } from "@/lib/attribution/sentence";
import type { TestName } from "@/lib/attribution/vocabulary";
import { FactLink } from "./facts-in-sight";
import { type ShownTest, TestList } from "./test-list";

type Why = Outputs["why"];

/** What `sourced`, which every model asks, is made of (domain.md §4). */
const SOURCED_IS: readonly TestName[] = ["origin", "gate", "net_new"];

const LACKS = {
  proof: "proof",
  confirmation: "the AE's confirmation",
  approval: "approval",
  second_hand: "a second person behind it",
} as const;

/** "Joint discovery, 20 Jan 2026" in the middle of a sentence. */
const inSentence = (label: string) => label.charAt(0).toLowerCase() + label.slice(1);

/** What the policy says of one partner: the sentence, what it lacks, what would change it, its tests. */
export function PartnerVerdict({
  partner,
  why,
  isOpen,
}: {
  partner: PartnerResult;
  why: Why;
  isOpen: boolean;
}) {
  const name = why.names.partners[partner.partnerId] ?? partner.partnerId;
  const policy = why.policy.document;
  const labelled = {
    ...partner,
    missing: partner.missing.map((gap) =>
      "factId" in gap ? { ...gap, factId: inSentence(why.names.facts[gap.factId] ?? gap.factId) } : gap,
    ),
  };
  const gaps = partner.missing.flatMap((gap) => (gap.lacks === "updates" ? [] : [gap]));
  const next = nextStepSentence(partner.next, policy);
  const asks = new Set<TestName>([...testsOf(policy.model), ...SOURCED_IS]);
  const tests = shownTests(partner, why);
  const asked = tests.filter(({ test }) => asks.has(test));
  const others = tests.filter(({ test }) => !asks.has(test));
  return (
    <section aria-label={name} className={isOpen ? "border-line border-t pt-3" : "pt-1"}>
      <p className="text-pretty font-medium">{verdictSentence(name, labelled, policy)}</p>
      {gaps.length > 0 && (
        <div className="mt-2 rounded-md bg-warn-soft px-2.5 py-2 text-warn text-xs">
          <p className="font-semibold">Disputed. To settle it:</p>
          <ul className="mt-0.5 flex flex-col gap-0.5">
            {gaps.map((gap) => (
              <li key={`${gap.factId}:${gap.lacks}`} className="flex flex-wrap items-center gap-x-1.5">
                <FactLink factId={gap.factId} /> lacks {LACKS[gap.lacks]}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Evidence partner={partner} raising={why.raises[partner.partnerId]} />
      {next && (
        <p className="mt-1.5 text-ink-2 text-xs">
          <span className="font-medium text-ink">What would change it.</span> {next}
        </p>
      )}
      <details open={isOpen} className="mt-1.5">
        <summary className="cursor-default rounded-sm text-ink-3 text-xs hover:text-ink">
          {tally(asked)}
        </summary>
        <TestList tests={asked} policy={policy} policyId={why.policy.signed?.policyId} />
        {others.length > 0 && (
          <details className="mt-1">
            <summary className="cursor-default rounded-sm text-ink-3 text-xs hover:text-ink">
              {others.length} tests that only other models ask
            </summary>
            <TestList tests={others} policy={policy} policyId={why.policy.signed?.policyId} />
          </details>
        )}
      </details>
    </section>
  );
}

/** The tests of one partner with what each measured. */
function shownTests({ partnerId, tests }: PartnerResult, { measures }: Why): ShownTest[] {
  const facts = new Map(tests.map((one) => [one.test, one.facts]));
  return (measures[partnerId] ?? []).map((one) => ({ ...one, facts: facts.get(one.test) ?? [] }));
}

/** "3 of 7 tests pass, 2 are not reached". */
function tally(tests: readonly ShownTest[]): string {
  const of = (state: ShownTest["state"]) => tests.filter((one) => one.state === state).length;
  const unreached = of("not_reached");
  const passing = `${of("passed")} of ${tests.length} tests pass`;
  return unreached === 0 ? passing : `${passing}, ${unreached} ${unreached === 1 ? "is" : "are"} not reached`;
}

/** Who stands behind the outcome and, where it is one person, whose word would put a second one there. */
function Evidence({
  partner: { evidence },
  raising,
}: {
  partner: PartnerResult;
  raising: Why["raises"][string] | undefined;
}) {
  if (evidence === null) return null;
  return (
    <div className="mt-1.5 text-ink-2 text-xs">
      <EvidenceMark grade={evidence} className="font-medium text-ink" />
      {raising && (
        <>
          {": one person said so. A second one behind "}
          {raising.factIds.length === 1 ? "this" : raising.needs === "one" ? "any of these" : "all of these"}{" "}
          makes it countersigned:
          <ul className="mt-0.5 flex flex-col gap-0.5">
            {raising.factIds.map((factId) => (
              <li key={factId}>
                <FactLink factId={factId} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
