"use client";

import { EvidenceMark } from "@/components/shared/evidence";
import { SAID_MS, speak } from "@/components/ui/spoken";
import { Tooltip } from "@/components/ui/tooltip";
import type { Outputs } from "@/lib/api/client";
import type { EvidenceSource, Grade } from "@/lib/attribution/vocabulary";
import { SOURCE_LABELS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";

type Answer = Outputs["deal"];
type Row = Answer["roles"][number];
type Registration = Extract<Answer["timeline"][number], { kind: "registration" }>;

/** Who said yes to what somebody recorded, and how. */
interface Second {
  did: string;
  by: string;
  on: string;
}

/** A fact with all who stand behind it. */
export interface Hands {
  evidence: Grade;
  source: EvidenceSource | null;
  secondHandOn: string | null;
  /** Null when an import brought it. */
  recordedBy: string | null;
  recordedOn: string;
  second: Second | null;
  /** Who at the partner confirmed it by its statement. */
  byPartner?: { by: string; on: string };
}

export const secondOfRow = ({ confirmedOn, confirmedBy }: Row): Second | null =>
  confirmedOn && confirmedBy ? { did: "confirmed", by: confirmedBy, on: confirmedOn } : null;

export const secondOfRegistration = ({ status, decidedOn, decidedBy }: Registration): Second | null =>
  decidedOn && decidedBy ? { did: status, by: decidedBy, on: decidedOn } : null;

/** Who recorded it and when, and who stands behind it. */
export function handsInWords({
  evidence,
  source,
  secondHandOn,
  recordedBy,
  recordedOn,
  second,
  byPartner,
}: Hands): string {
  const said = [`${recordedBy ?? "An import"} recorded it on ${dayInWords(recordedOn)}.`];
  if (source) said.push(`Another system recorded it at the time: ${SOURCE_LABELS[source].toLowerCase()}.`);
  if (second) said.push(`${second.by} ${second.did} it on ${dayInWords(second.on)}.`);
  if (byPartner)
    said.push(
      `${byPartner.by} confirmed it for the partner on ${dayInWords(byPartner.on)}, by its statement.`,
    );
  else if (evidence === "countersigned" && secondHandOn && secondHandOn !== second?.on)
    said.push(`A second person stood behind it on ${dayInWords(secondHandOn)}.`);
  if (evidence === "stated") said.push("Nobody else stands behind it.");
  return said.join(" ");
}

/** The grade of a fact; whose word that is, to a pointer, to the keyboard and to touch. */
export function FactEvidence(hands: Hands) {
  const words = handsInWords(hands);
  return (
    <Tooltip text={words}>
      <button
        type="button"
        onClick={() => speak({ message: words, ms: SAID_MS })}
        className="inline-flex cursor-help rounded-sm align-baseline"
      >
        <EvidenceMark grade={hands.evidence} title="" />
      </button>
    </Tooltip>
  );
}
