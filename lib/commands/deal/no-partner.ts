import type { WriteContext } from "../verb";
import type { DealRow } from "./load";

/** Records on a locked deal that no partner was involved (domain.md §8.3). */
export function sayNoPartner(context: WriteContext, before: DealRow): void {
  const { actor, today, audit, touch } = context;
  const said = { noPartnerOn: today, noPartnerBy: actor.userId };
  const entry = { subjectKind: "deal", subjectId: before.id, dealId: before.id };
  audit({ ...entry, before, after: { ...before, ...said } });
  touch(before.id, said);
}
