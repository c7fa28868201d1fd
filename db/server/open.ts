import { startEmbedded } from "./embedded";
import { migrate } from "./migrate";
import { gateSecrets } from "./secrets";

/** A database at this version's tables. */
export type OpenDatabase = {
  /** Address of the role that owns the database. */
  url: string;
  /** Lets go of it; the built-in server stops when nobody else uses it. Close pools of your own first. */
  close(): Promise<void>;
};

/**
 * The database that commands work on: `DATABASE_URL` when given, else the built-in server, attached
 * to or started; migrated. Sets `DATABASE_URL` in this process for what reads it later, and the installation's keys:
 * whoever judges reads the gate's receipts.
 *
 * @param options.throwaway see startEmbedded
 */
export async function openDatabase(options: { throwaway?: boolean } = {}): Promise<OpenDatabase> {
  process.env.SIGNING_KEYS ||= JSON.stringify(gateSecrets().keys);
  const given = process.env.DATABASE_URL;
  if (given) {
    await migrate(given);
    return { url: given, close: async () => {} };
  }
  const embedded = await startEmbedded(options);
  try {
    await migrate(embedded.url);
  } catch (error) {
    await embedded.stop();
    throw error;
  }
  process.env.DATABASE_URL = embedded.url;
  return {
    url: embedded.url,
    async close() {
      delete process.env.DATABASE_URL;
      await embedded.stop();
    },
  };
}
