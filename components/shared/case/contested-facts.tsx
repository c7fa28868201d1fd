import { Chip } from "@/components/ui/chip";
import { DayText } from "@/components/ui/day";
import { activityLabel } from "@/lib/attribution/menu";
import { OUTCOME_WORDS, REGISTRATION_STATUS_LABELS, ROLE_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import type { ExceptionDetail } from "./answers";
import { Part } from "./part";

interface Shown {
  id: string;
  on: string;
  what: string;
  who: string;
  detail: string;
  /** Recorded after the close. */
  late: string | null;
}

/** The records that made it gray, as they were when the case was opened, by day. */
export function ContestedFacts({ detail }: { detail: ExceptionDetail }) {
  const shown = factsOf(detail);
  return (
    <Part title="The facts that made it gray">
      {shown.length === 0 ? (
        <p className="text-ink-2">No record was named when it was opened.</p>
      ) : (
        <ul className="divide-y divide-line border-line border-y">
          {shown.map((fact) => (
            <li key={fact.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-1.5">
              <DayText day={fact.on} className="w-22 shrink-0 text-ink-3 text-xs" />
              <span className="min-w-0 flex-1">
                <span className="font-medium">{fact.what}</span> · {fact.who}
                <span className="block text-ink-3 text-xs">{fact.detail}</span>
              </span>
              {fact.late && (
                <Chip tone="warn" says={`The deal closed on ${dayInWords(detail.deal?.closedOn ?? fact.on)}`}>
                  recorded {dayInWords(fact.late)}
                </Chip>
              )}
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function factsOf({ contested, names, deal }: ExceptionDetail): Shown[] {
  const who = (id: string) => names.partners[id] ?? id;
  const late = (recordedOn: string) => (deal?.closedOn && recordedOn > deal.closedOn ? recordedOn : null);
  const shown: Shown[] = [
    ...contested.registrations.map((fact) => ({
      id: fact.id,
      on: fact.submittedOn,
      what: "Registration",
      who: who(fact.partnerId),
      detail: REGISTRATION_STATUS_LABELS[fact.status],
      late: late(fact.submittedOn),
    })),
    ...contested.roles.map((fact) => ({
      id: fact.id,
      on: fact.touchedOn,
      what: ROLE_WORDS[fact.role].label,
      who: who(fact.partnerId),
      detail: `touched at stage ${fact.touchStage}, ${
        fact.confirmedOn ? `confirmed on ${dayInWords(fact.confirmedOn)}` : "not confirmed by the AE"
      }`,
      late: late(fact.recordedOn),
    })),
    ...contested.activities.map((fact) => ({
      id: fact.id,
      on: fact.occurredOn,
      what: activityLabel(fact.type),
      who: who(fact.partnerId),
      detail: `at stage ${fact.stage}, ${fact.proof ? "with proof" : "without proof"}`,
      late: late(fact.recordedOn),
    })),
    ...contested.rulings.map((fact) => ({
      id: fact.id,
      on: fact.decidedOn,
      what: "Ruling",
      who: who(fact.partnerId),
      detail: OUTCOME_WORDS[fact.outcome].label,
      late: null,
    })),
  ];
  return shown.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
