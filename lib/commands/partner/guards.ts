import type { Actor } from "@/lib/auth/actor";
import type { Guard, MaySay } from "../guard";

/** Partners and their contacts (§9). */
export const mayEditPartner: Guard<unknown> = { may: "partner.edit" };

/** A partner, with who looks after it. */
export interface OfPartner {
  partner: { name: string; ownerId: string | null };
}

/** A program lets a claim count that nobody confirmed, so nobody grants it to a partner of their own (§9). */
export const mayGrantProgram: Guard<OfPartner> = {
  may: "program.grant",
  hands: ({ userId }: Actor, { partner }: OfPartner): MaySay => {
    if (userId === null) return "A person grants this, signed in";
    return partner.ownerId !== userId || `You look after ${partner.name}: somebody else grants its programs`;
  },
};
