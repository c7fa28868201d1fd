import type { Actor } from "@/lib/auth/actor";
import { all, type Guard, type MaySay } from "../guard";

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

/** Two records that are said to be of one partner. */
export interface OfTwoRecords {
  merged: RecordOfPartner;
  into: RecordOfPartner;
}
interface RecordOfPartner {
  id: string;
  name: string;
  mergedInto: string | null;
  demo: boolean;
}

/** What becomes another record is one of a partner that is still its own (§1). */
export const mayMergePartners: Guard<OfTwoRecords> = {
  may: "partner.edit",
  when: ({ merged, into }) =>
    all(
      merged.id !== into.id || "A record becomes another one, not itself",
      merged.mergedInto === null || `${merged.name} became another record already`,
      into.mergedInto === null || `${into.name} became another record: choose that one`,
      merged.demo === into.demo || "The demo story and what is real stay apart",
    ),
};
