import { sql } from "drizzle-orm";
import type { Company } from "@/lib/commands/commands.fixture";
import type { Delivery, Letter, Send } from "@/lib/connectors/notices/delivery";

/** A way that keeps what it is handed, and answers as told. */
export function kept(answer: (letter: Letter) => Delivery | Promise<Delivery> = () => ({ taken: true })) {
  const letters: Letter[] = [];
  const send: Send = async (letter) => {
    letters.push(letter);
    return answer(letter);
  };
  return { letters, send };
}

interface Row extends Record<string, unknown> {
  id: string;
  kind: string;
  to: string;
  state: string;
  way: string | null;
  attempts: number;
  problem: string | null;
  about: { kind: string; by?: string; many?: number };
}

/** The outbox in the order of writing. */
export async function outbox({ client }: Pick<Company, "client">): Promise<Row[]> {
  const rows = await client.db.execute<Row>(sql`
    select id, kind, to_id as "to", state, way, attempts, problem, about from notices order by created_at, to_id`);
  return [...rows];
}
