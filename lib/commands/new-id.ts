import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/connection/transaction";

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Deal, partner, registration, role row, activity, user, mapping, import, policy (memo), backtest, learning, exception, note, deputy, correction of a frozen quarter, correction of a deal, account, contact, next joint step, saved view, partner's statement, file of evidence, proposal read from one, a partner's word on its statement, selling play, chat channel, key to the API, webhook, connection, its run, an auditor's sample, a hold. */
type Prefix =
  | "D"
  | "P"
  | "R"
  | "T"
  | "A"
  | "U"
  | "MAP"
  | "I"
  | "M"
  | "B"
  | "L"
  | "E"
  | "N"
  | "V"
  | "K"
  | "C"
  | "AC"
  | "CT"
  | "J"
  | "SV"
  | "PS"
  | "EV"
  | "EP"
  | "PW"
  | "SP"
  | "CC"
  | "CP"
  | "AK"
  | "WE"
  | "CN"
  | "CR"
  | "AS"
  | "HO";

/** A new id for something made here, `T-7K2M9QX4BD`: a prefix and 10 characters that read aloud well. */
export function newId(prefix: Prefix): string {
  let id = "";
  for (const byte of randomBytes(10)) id += ALPHABET[byte % ALPHABET.length];
  return `${prefix}-${id}`;
}

/**
 * Ids for rulings, `X-…`, each greater than all before: of two made on one day the later counts (§5 ruling).
 * The database counts, and the deal is locked, so that no server's clock decides which was later.
 */
export async function newRulingIds(tx: Tx, many: number): Promise<string[]> {
  const drawn = await tx.execute<{ nth: string }>(
    sql`select nextval('ruling_order')::text as nth from generate_series(1, ${many}::int)`,
  );
  return [...drawn].map(({ nth }) => {
    let id = "";
    for (let rest = Number(nth); id.length < 9; rest = Math.floor(rest / ALPHABET.length)) {
      id = ALPHABET[rest % ALPHABET.length] + id;
    }
    return `X-${id}`;
  });
}
