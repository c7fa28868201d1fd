import type { Outputs } from "@/lib/api/client";
import { activityLabel } from "@/lib/attribution/menu";
import type { Stage } from "@/lib/attribution/vocabulary";
import { ROLE_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";

type Answer = Outputs["deal"];

/** What one partner did at a stage, in order of day: `glyph` tells a touch from an activity, proven or not. */
export interface StageMark {
  partner: { id: string; name: string };
  facts: { id: string; on: string; glyph: "touch" | "proven" | "unproven"; says: string }[];
}

/** Who touched the deal, or did something on it, at which stage; refused rows are no touch. */
export function stageMarks({ roles, timeline }: Pick<Answer, "roles" | "timeline">): Map<Stage, StageMark[]> {
  const touches = roles
    .filter(({ refused }) => refused === null)
    .map(({ id, partner, role, touchStage, touchedOn }) => ({
      ...{ id, partner, stage: touchStage, on: touchedOn, glyph: "touch" as const },
      says: `touched as ${ROLE_WORDS[role].label.toLowerCase()}, ${dayInWords(touchedOn)}`,
    }));
  const done = timeline
    .flatMap((one) => (one.kind === "activity" ? [one] : []))
    .map(({ id, partner, type, stage, on, proof }) => ({
      ...{ id, partner, stage, on, glyph: proof === null ? ("unproven" as const) : ("proven" as const) },
      says: `${activityLabel(type).toLowerCase()}, ${dayInWords(on)}${proof === null ? ", without proof" : ""}`,
    }));
  const marks = new Map<Stage, StageMark[]>();
  for (const { partner, stage, ...fact } of [...touches, ...done].sort((a, b) => a.on.localeCompare(b.on))) {
    const at = marks.get(stage) ?? [];
    marks.set(stage, at);
    const mark = at.find((one) => one.partner.id === partner.id);
    if (mark) mark.facts.push(fact);
    else at.push({ partner, facts: [fact] });
  }
  return marks;
}

/** A mark in words. */
export const markWords = ({ partner, facts }: StageMark) =>
  `${partner.name}: ${facts.map(({ says }) => says).join("; ")}`;
