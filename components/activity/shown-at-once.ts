import type { Inputs, Outputs } from "@/lib/api/client";
import type { MenuEntry } from "@/lib/attribution/menu";
import type { Stage } from "@/lib/attribution/vocabulary";

type Deal = Outputs["deal"];
type Logged = Inputs["logActivity"];

const SAVING = "It is being saved";

/** A deal as its page shows it, with an activity that the server has not said yes to. */
export function withActivity(
  deal: Deal,
  { partnerId, type, proof, nextStep, nextStepDueOn, ...logged }: Logged,
  {
    today,
    by,
    partnerName,
    menu,
  }: { today: string; by: string; partnerName: string | undefined; menu: readonly MenuEntry[] },
): Deal {
  const on = logged.occurredOn ?? today;
  const entry = {
    kind: "activity" as const,
    ...{ id: "being-saved", on, partner: { id: partnerId, name: partnerName ?? "" }, type },
    ...{ stage: (logged.stage ?? deal.deal.stage) as Stage, recordedOn: today, proof: proof ?? null },
    involvement: logged.involvement ?? menu.find((one) => one.type === type)?.involvement ?? "supportive",
    ...{ owner: by, nextStep: nextStep ?? null, nextStepDueOn: nextStepDueOn ?? null },
    ...{ evidence: "stated" as const, source: null, secondHandOn: null, vouched: null },
    may: { edit: SAVING, withdraw: SAVING, rewrite: SAVING, vouch: SAVING },
  };
  const before = deal.timeline.filter((one) => one.on > on);
  return { ...deal, timeline: [...before, entry, ...deal.timeline.slice(before.length)] };
}
