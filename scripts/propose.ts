import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { knownCompany } from "@/lib/commands/evidence/known-company";
import { isRefusal, refuse } from "@/lib/errors";
import type { Known, Proposal } from "@/lib/reading/known";
import { Reader } from "@/lib/reading/propose";
import { LARGEST_EVIDENCE, readFile as readEvidence } from "@/lib/reading/read-file";
import { ask } from "./asking";

/**
 * `npm run -s propose -- FILE…`: what mails, invitations, transcripts and notes say that partners did, a line of JSON
 * a file in the order given; nothing is stored. Exit status 1 when one of them cannot be read. Source: domain.md §8.2.
 */
const USAGE = "npm run -s propose -- FILE…";

const shown = ({ dealId, partnerId, contact, type, occurredOn, involvement, quote }: Proposal) => ({
  ...{ dealId, partnerId, contact, type, occurredOn, involvement, quote },
});

async function proposalsIn(file: string, known: Known, reader: Reader) {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) =>
    refuse("file", file, error.code === "EISDIR" ? "is a folder" : "cannot be opened"),
  );
  if (bytes.length > LARGEST_EVIDENCE)
    refuse("file", file, `is larger than ${LARGEST_EVIDENCE / 1_000_000} MB`);
  return reader.propose(await readEvidence({ name: basename(file), bytes }, known)).map(shown);
}

await ask(USAGE, async (db, { positionals: files, today }) => {
  if (files.length === 0) refuse("file", files, "name a file at least");
  const known = await knownCompany(db, today);
  const reader = new Reader(known);
  for (const file of files) {
    try {
      const proposals = await proposalsIn(file, known, reader);
      process.stdout.write(`${JSON.stringify({ file, proposals })}\n`);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const { field, value, rule } = error;
      process.stdout.write(`${JSON.stringify({ file, error: { field, value, rule } })}\n`);
      process.exitCode = 1;
    }
  }
});
