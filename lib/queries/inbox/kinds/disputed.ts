import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Missing } from "@/lib/attribution/result";
import type { Outcome } from "@/lib/attribution/vocabulary";
import type { Actor } from "@/lib/auth/actor";
import { addDays } from "@/lib/calendar";
import { mayEditActivity, mayLogActivity, mayVouchActivity } from "@/lib/commands/activity/guards";
import type { GuardedDeal } from "@/lib/commands/deal/guards";
import { type MaySay, maySay } from "@/lib/commands/guard";
import { mayDecideRegistration } from "@/lib/commands/registration/guards";
import { mayConfirmRole } from "@/lib/commands/role/guards";
import { mayShape, outcomeShape } from "../../shapes";
import type { FactsRead, StoredFact } from "../facts-read";
import { guarded, HEADS, itemShape, type Kind } from "../kind";
import { ofTheirPartners, withTheirPartners } from "../whose";

/** How long after its close a deal's dispute is of this week; what the log then holds, it keeps (§8.6). */
const CLOSED_DAYS = 92;

export const disputedShape = itemShape.extend({
  kind: z.literal("disputed"),
  would: outcomeShape,
  /** What settles it, each with the fact it is about and whether whoever asks may bring it. */
  settles: z.array(
    z.object({
      factId: z.string(),
      /** What people call the fact, with its day. */
      name: z.string(),
      /** What kind of fact it is; of updates, the deal itself. */
      of: z.enum(["role", "activity", "registration", "deal"]),
      lacks: z.enum(["proof", "confirmation", "approval", "second_hand", "updates"]),
      /** Of updates: how many more, and in which month (`YYYY-MM`). */
      updates: z.object({ count: z.int(), month: z.string() }).nullable(),
      may: mayShape,
    }),
  ),
});

/**
 * What the heart says is disputed, of deals that are open or closed lately and are in no seal. One that waits for a
 * registration's decision is that item until it is decided. From the newest, where those that are open or closed lately
 * lie: among all that ever were disputed they are few.
 */
export const disputed: Kind<"disputed", { would: Outcome }> = {
  kind: "disputed",
  reads: true,
  rows: ({ whose, today }) => sql`
    select d.deal_id || '/' || o.partner_id as subject_id, d.deal_id, o.partner_id, u.id as owner_id, ${HEADS} as desk,
      coalesce((select min(a.recorded_on) from activities a
          where a.deal_id = d.deal_id and a.partner_id = o.partner_id and a.proof is null),
        (select min(r.recorded_on) from role_rows r
          where r.deal_id = d.deal_id and r.partner_id = o.partner_id and r.refused_on is null),
        d.created_on) as since, null::date as due, null as account_id,
      jsonb_build_object('would', o.disputed) as about
    from judged_deals d
    cross join lateral (select o.partner_id, o.disputed from partner_outcomes o
      where o.deal_id = d.deal_id and o.disputed is not null and not exists (select from registrations g
        where g.deal_id = o.deal_id and g.partner_id = o.partner_id and g.status = 'pending') offset 0) o
    join partners p on p.id = o.partner_id
    left join users u on u.id = p.owner_id and u.disabled_at is null
    where d.disputed and (d.state = 'open' or (d.closed_on >= ${addDays(today, -CLOSED_DAYS)}::date
        and not exists (select from sealed_deals x where x.deal_id = d.deal_id)))
      and ${withTheirPartners(whose, "disputed")} and ${ofTheirPartners(whose, { partnerId: sql`o.partner_id`, dealId: sql`d.deal_id` })}
    order by d.created_on desc, d.deal_id desc, o.partner_id`,
  item(found, { actor }, facts) {
    const read = facts.deals.get(found.dealId!);
    const its = read?.result.partners.find(({ partnerId }) => partnerId === found.partnerId);
    const settles = (its?.missing ?? []).map((gap) => ({
      factId: gap.factId,
      name: read?.names[gap.factId] ?? "",
      of: facts.stored.get(gap.factId)?.of ?? ("deal" as const),
      lacks: gap.lacks,
      updates: gap.lacks === "updates" ? { count: gap.count, month: gap.month } : null,
      may: mayBring(actor, guarded(found), gap, facts),
    }));
    return { would: found.about.would, settles };
  },
};

function mayBring(actor: Actor, deal: GuardedDeal, gap: Missing, { stored }: FactsRead): MaySay {
  if (gap.lacks === "updates") return maySay(mayLogActivity, actor, { deal });
  const fact = stored.get(gap.factId);
  if (!fact) return "It is not there any more";
  switch (gap.lacks) {
    case "proof":
      return maySay(mayEditActivity, actor, { deal, activity: fact, rewrites: false });
    case "confirmation":
      return maySay(mayConfirmRole, actor, { deal, row: fact });
    case "approval":
      return maySay(mayDecideRegistration, actor, { deal, registration: fact });
    default:
      return bySecondHand(actor, deal, fact);
  }
}

/** Each kind of fact has its own second hand (§1 evidence). */
function bySecondHand(actor: Actor, deal: GuardedDeal, fact: StoredFact): MaySay {
  if (fact.of === "activity") return maySay(mayVouchActivity, actor, { deal, activity: fact });
  if (fact.of === "role") return maySay(mayConfirmRole, actor, { deal, row: fact });
  return maySay(mayDecideRegistration, actor, { deal, registration: fact });
}
