import type { Db } from "@/db/connection/client";
import { type Difference, differs } from "@/lib/attribution/json-difference";
import { type FreezeEntry, freezeEntries } from "@/lib/audit/freeze-entry";
import { verifyLog } from "@/lib/audit/verify-log";
import { parseQuarter } from "@/lib/calendar";
import { refuse } from "@/lib/errors";
import { checkColumns, checkEntry, readSealColumns } from "@/lib/sealing/seal-columns";
import { eachSealedDeal, readSeals, type Seal, SealDigest, sha256 } from "@/lib/sealing/seals";
import { SealCheck } from "@/lib/sealing/verify-seal";
import { count } from "@/lib/text/words";

/** What came of holding a frozen quarter against everything that tells of it. */
export interface Verified {
  seal: Seal;
  entry: FreezeEntry | null;
  /** Entries of the audit log that the tree holds. */
  logged: number;
  difference: Difference | null;
}

/** The seal against itself, its columns and its review; then against what the audit log says, and the whole log. */
export async function verify(db: Db, quarter: string): Promise<Verified> {
  parseQuarter(quarter);
  const seal = (await readSeals(db, [quarter], { anew: true })).get(quarter);
  if (!seal) return refuse("quarter", quarter, "is a quarter, and is not frozen");
  const check = new SealCheck(seal.line, sha256);
  const digest = new SealDigest();
  let difference = check.checkHeader() ?? checkColumns(seal.header, (await readSealColumns(db, quarter))!);
  digest.add(seal.line);
  for await (const batch of eachSealedDeal(db, quarter)) {
    for (const deal of batch) {
      difference ??= check.checkDeal(deal);
      digest.add(deal.document);
    }
    if (difference) break;
  }
  if (difference) return { seal, entry: null, logged: 0, difference };
  const recomputed = digest.end();
  difference = check.checkNumbers(seal.tally) ?? differs("digest", seal.digest, recomputed);
  const entries = await freezeEntries(db, quarter);
  difference ??= checkEntry(seal.header, recomputed, entries);
  const log = await verifyLog(db);
  if (!log.ok)
    difference ??= {
      at: `audit log, ${log.id === null ? `head on ${log.head}` : `entry ${log.id}`}`,
      kept: log.fault,
      recomputed: "whole",
    };
  return { seal, entry: entries[0] ?? null, logged: log.ok ? log.entries : 0, difference };
}

/** What was checked, in words. */
export function report({ seal, entry, logged }: Verified): string {
  const { header, digest } = seal;
  const { quarter, prepared, sealed } = header;
  return [
    `${quarter.label} holds: ${quarter.from} to ${quarter.to}`,
    `Frozen by ${sealed.by.name} at ${sealed.at}, prepared by ${prepared.by.name} at ${prepared.at}`,
    `${count(header.closed, "closed deal")} among ${count(header.deals, "document")}: every verdict judged again, every number counted again`,
    `${count(header.exceptions.length, "case")} with their votes, the ask and the minutes: as sealed`,
    `Policy ${header.policy.hash}`,
    `Digest ${digest}`,
    `Audit entry ${entry?.id} says the same, leaf ${entry?.leaf}; the log of ${count(logged, "entry", "entries")} is whole`,
  ].join("\n");
}
