import type { Client } from "@/db/connection/client";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { perform } from "@/lib/commands/door";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { tagPartners } from "@/lib/commands/role/tag-partners";
import { medianMs, reportTime } from "./machine";

const MANY = 50;

/** Time to tag 50 deals in one write, judged and audited. The floor: tagging one. */
export async function benchBulk(client: Client): Promise<void> {
  const open = await client.db.query.deals.findMany({
    where: (deal, { eq }) => eq(deal.outcome, "open"),
    orderBy: (deal, { asc }) => asc(deal.id),
    limit: 600,
  });
  const take = (count: number) => open.splice(0, count).map(({ id }) => id);
  const call = { actor: COMMAND_LINE, client };
  const { answer } = await perform(createPartner, { name: "Newcomer", kind: "referral" }, call);
  const claim = { partnerId: answer.partnerId, role: "referral_source" };
  const floor = {
    name: "tagging one",
    ms: await medianMs(9, () => perform(tagPartner, { dealId: take(1)[0], ...claim }, call)),
  };
  const ms = await medianMs(5, () => perform(tagPartners, { dealIds: take(MANY), ...claim }, call));
  reportTime(`tagging ${MANY} deals at once`, ms, floor);
}
