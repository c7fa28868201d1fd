import { filledDatabase } from "@/db/test-database";
import { runCommand } from "./run-command.fixture";

/** A database of its own with a company's files in it, landed once a run as the command line lands them. */
export const importedCompany = (folder: string): Promise<{ url: string }> =>
  filledDatabase(`import ${folder}`, async (url) => {
    const { status, said } = await runCommand(url, "import", folder);
    if (status !== 0) throw new Error(said);
  });
