import postgres from "postgres";
import { judgeAll } from "@/lib/judging/judge";
import type { Company } from "./company/open";
import { timed } from "./measure";
import type { Report } from "./report";

/** What judging reads. */
const FACTS = ["deals", "stage_entries", "registrations", "role_rows", "activities", "rulings", "partners"];
/** What it writes. */
const JUDGED = ["judged_deals", "partner_outcomes", "exceptions", "exception_notes", "exception_votes"];

/** Deals judged afresh in a second, on copies of the companies. The floor: copying the facts out of the database. */
export async function measureJudging(copies: readonly Company[], report: Report): Promise<void> {
  for (const copy of copies) {
    const { deals } = copy;
    const before = await copyOut(copy.url);
    const ms = await judgeAfresh(copy);
    // Judging takes long enough for others to come and go: the floor is from before it and after.
    const floor = (before + (await copyOut(copy.url))) / 2;
    report.add({
      part: "judging",
      name: "judge every deal",
      deals,
      value: (deals * 1000) / ms,
      unit: "a second",
      floor: { name: "copying the facts out", value: (deals * 1000) / floor },
    });
  }
}

async function judgeAfresh({ url, client, today }: Company): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const guarded = JUDGED.map((table) => `alter table ${table} disable trigger user;`).join(" ");
    const again = JUDGED.map((table) => `alter table ${table} enable trigger user;`).join(" ");
    await sql.unsafe(`${guarded} truncate ${JUDGED.join(", ")}; ${again}`);
  } finally {
    await sql.end();
  }
  return timed(() => judgeAll(client, today));
}

async function copyOut(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await timed(async () => {
      for (const table of FACTS) {
        // Through a pipe, since the driver's own copy to a stream can stand still under load.
        await sql.unsafe(`copy ${table} to program 'cat > /dev/null' (format binary)`);
      }
    });
  } finally {
    await sql.end();
  }
}
