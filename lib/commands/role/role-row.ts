import { roleRows } from "@/db/schema/facts";
import type { Role } from "@/lib/attribution/vocabulary";
import { ROLE_WORDS } from "@/lib/attribution/words";
import { refuse } from "@/lib/errors";
import { dayInWords } from "@/lib/text/days";
import { isOwnDeal } from "../deal/guards";
import { type DealRow, type Scene, stageIn } from "../deal/load";
import { newId } from "../new-id";
import type { Telling } from "../telling";
import type { WriteContext } from "../verb";

/** What a new role row says; the day is today and the stage the deal's on that day where left out. */
export interface RoleClaim {
  partner: { id: string; name: string };
  role: Role;
  touchStage?: number;
  touchedOn?: string;
  contact: string | null;
}

/** What the deal's AE is told of a row that waits for them. */
export function rowWaits({
  deal,
  partner,
  role,
}: {
  deal: Pick<DealRow, "id" | "owner" | "account">;
  partner: { name: string };
  role: Role;
}): Telling {
  const as = ROLE_WORDS[role].label.toLowerCase();
  const customer = deal.account ?? deal.id;
  return {
    to: { aeNamed: deal.owner },
    dealId: deal.id,
    about: { kind: "row_waits", partner: partner.name, role: as, customer, dealId: deal.id },
  };
}

/**
 * Adds a role row to a locked deal, and takes back that no partner was involved. The AE's own tag is
 * confirmed at once (domain.md §5 "Confirmation"). Refuses a day to come, and a role held already.
 */
export function addRoleRow(
  context: WriteContext,
  { deal, roles, stages }: Scene,
  { partner, role, touchStage, touchedOn = context.today, contact }: RoleClaim,
): { rowId: string; confirmed: boolean } {
  const { actor, today, add, audit, touch, tell } = context;
  if (touchedOn > today) refuse("touchedOn", touchedOn, "must not be in the future");
  const twin = roles.find((row) => row.partnerId === partner.id && row.role === role);
  if (twin)
    refuse(
      "role",
      role,
      twin.refusedOn === null
        ? `${partner.name} holds this role on the deal already`
        : `${partner.name} was refused in this role on ${dayInWords(twin.refusedOn)}; change that row to ask again`,
    );
  // The AE's own tag is the confirmation that finance trusts; anybody else's waits for it (§5).
  const confirmed = actor.role === "ae" && isOwnDeal(actor, deal);
  const row = {
    id: newId("T"),
    dealId: deal.id,
    partnerId: partner.id,
    role,
    contact,
    touchStage: touchStage ?? stageIn({ stages }, touchedOn),
    touchedOn,
    recordedOn: today,
    recordedBy: actor.userId,
    confirmedOn: confirmed ? today : null,
    confirmedBy: confirmed ? actor.userId : null,
  };
  add(roleRows, row);
  audit({ subjectKind: "role_row", subjectId: row.id, dealId: deal.id, before: null, after: row });
  const cleared = deal.noPartnerOn ? { noPartnerOn: null, noPartnerBy: null } : {};
  if (deal.noPartnerOn)
    audit({
      ...{ subjectKind: "deal", subjectId: deal.id, dealId: deal.id },
      ...{ before: deal, after: { ...deal, ...cleared } },
    });
  touch(deal.id, cleared);
  if (!confirmed) tell(rowWaits({ deal, partner, role }));
  return { rowId: row.id, confirmed };
}
