import { database, surviveDriverFaults } from "@/db/connection/client";
import { perProcess } from "@/db/connection/per-process";
import { growLog } from "@/lib/audit/grow";
import { takeDueForecast } from "@/lib/commands/forecast/take-due-forecast";
import { judgeNewPolicy } from "@/lib/judging/judge-policy";
import { keepLenses } from "@/lib/judging/lenses";
import { foldTallies } from "@/lib/judging/tallies";
import { countInbox } from "./count-inbox";
import { deliverNotices } from "./deliver-notices";
import { deliverWebhooks } from "./deliver-webhooks";
import { forgetKeys } from "./forget-keys";
import { forgetNotices } from "./forget-notices";
import { forgetOriginals } from "./forget-originals";
import { forgetSignIns } from "./forget-sign-ins";
import type { Job, ReportFault } from "./job";
import { measured } from "./meters";
import { readByModel } from "./read-by-model";
import { keepRelay } from "./relay";
import { syncConnections } from "./sync-connections";
import { tellDemo } from "./tell-demo";
import { verifyAuditLog } from "./verify-audit-log";
import { witnessAuditHead } from "./witness-audit-head";
import { writeDigests } from "./write-digests";
import { writeWeeklyNotes } from "./write-weekly-notes";

/** What every server process looks after besides answering. */
export const JOBS: readonly Job[] = [
  { name: "grow-audit-log", everyMs: 5_000, work: growLog },
  { name: "judge-new-policy", everyMs: 1_000, work: (client, today) => judgeNewPolicy(client, today) },
  { name: "fold-tallies", everyMs: 2_000, work: foldTallies },
  { name: "keep-lenses", everyMs: 2_000, work: (client, today) => keepLenses(client, today) },
  verifyAuditLog,
  witnessAuditHead,
  forgetKeys,
  forgetSignIns,
  forgetNotices,
  forgetOriginals,
  { name: "take-forecast", everyMs: 15 * 60_000, work: takeDueForecast },
  tellDemo,
  deliverNotices,
  deliverWebhooks,
  syncConnections,
  readByModel,
  writeDigests,
  writeWeeklyNotes,
  countInbox,
];

/**
 * Begins all of it; the process outlives the driver's faults. Faults go to `report`, and everything goes on, until the
 * process is asked to end: what it ends by then (scripts/leash.mjs) lets turns under way be finished.
 */
export function keepHouse(report: ReportFault): void {
  surviveDriverFaults((error) => report("connection", error));
  perProcess("ends", () => keepRelay(JOBS.map(measured), { client: database(), report }));
}
