import { FINANCE_KINDS, type Kind } from "@/lib/interchange/kinds";
import { dayInWords } from "@/lib/text/days";
import { all, type Guard, type MaySay } from "../guard";

/** A file of rows, or the way to read one. */
export interface OfImport {
  kind: Kind;
}

/** Costs and rates are finance's, by file too; all else is RevOps'. The command line brings both (§9). */
export const mayImport: Guard<OfImport> = {
  may: "import.run",
  hands: ({ userId, role }, { kind }) => {
    if (userId === null) return true;
    const isFinance = FINANCE_KINDS.includes(kind);
    if (isFinance) return role === "finance" || "Finance imports costs and rates";
    return role === "admin" || "An admin (RevOps) imports deals, partners and what happened on them";
  },
};

/** A file in the list of imports, as far as what may become of it goes. */
export interface OfFile {
  file: {
    kind: string;
    importedBy: string;
    sha256: string | null;
    finishedAt: Date | null;
    acceptedOn: string | null;
    takenBackAt: Date | null;
  };
}

/** The kinds whose rows have a grade (§1 evidence), and so the ones that a second person can stand behind. */
export const GRADED_KINDS: readonly string[] = ["registrations", "roles", "activities"] satisfies Kind[];

/** The second hand of a file's facts: never of whoever brought it (§1, §9). */
export const mayAcceptImport: Guard<OfFile> = {
  may: "import.accept",
  when: ({ file: { kind, sha256, finishedAt, acceptedOn, takenBackAt } }) =>
    all(
      takenBackAt === null || "The file was taken back",
      acceptedOn === null || `The file was accepted on ${dayInWords(acceptedOn)}`,
      GRADED_KINDS.includes(kind) ||
        "Registrations, role rows and activities are accepted; this file holds nothing that has a grade",
      finishedAt !== null || "The file has not landed to its end",
      sha256 !== null || "The file's digest is not known, so nobody can say which file it was",
    ),
  hands: ({ id, userId }, { file: { importedBy } }): MaySay =>
    all(
      userId !== null || "A person accepts a file, signed in",
      importedBy !== id || "You imported this file: somebody else from finance or partnerships accepts it",
    ),
};

/** By whoever may bring such a file, while nobody else stands behind it (imports.md). */
export const mayTakeBackImport: Guard<OfFile> = {
  may: mayImport.may,
  when: ({ file: { acceptedOn, takenBackAt } }) =>
    all(
      takenBackAt === null || "The file was taken back already",
      acceptedOn === null ||
        `Two people stand behind its facts since ${dayInWords(acceptedOn)}: correct what is wrong by another file`,
    ),
  hands: (actor, { file: { kind } }): MaySay => mayImport.hands?.(actor, { kind: kind as Kind }) ?? true,
};
