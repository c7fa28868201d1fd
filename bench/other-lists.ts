import { type Actor, COMMAND_LINE } from "@/lib/auth/actor";
import { auditLog } from "@/lib/queries/audit/audit-log";
import { ownersList } from "@/lib/queries/deals/owners-list";
import { exceptionsList } from "@/lib/queries/exception/exceptions-list";
import { inbox } from "@/lib/queries/inbox/inbox";
import { partner } from "@/lib/queries/partner/partner";
import { partnerMotion } from "@/lib/queries/partner/partner-motion";
import { partnerStatement } from "@/lib/queries/partner/partner-statement";
import { partnersInMotion } from "@/lib/queries/partner/partners-in-motion";
import { partnersList } from "@/lib/queries/partner/partners-list";
import { reconciliation } from "@/lib/queries/reconciliation/reconciliation";
import { quartersList } from "@/lib/queries/review/quarters-list";
import { quarterBefore } from "./company/calendar";
import type { Company } from "./company/open";
import { AE, FINANCE, PARTNER_MANAGER } from "./company/people";

/** One list as somebody asks for it. */
export interface List {
  name: string;
  ask(company: Company): Promise<unknown>;
}

export const context = ({ client, today }: Company, actor: Actor) => ({ db: client.db, actor, today });

/** Every list but that of deals. */
export const OTHER_LISTS: readonly List[] = [
  {
    name: "inbox, an AE's",
    ask: (at) => inbox.run(context(at, AE), inbox.input.parse({})),
  },
  {
    name: "inbox, a partner manager's",
    ask: (at) => inbox.run(context(at, PARTNER_MANAGER), inbox.input.parse({})),
  },
  {
    name: "inbox, everybody's",
    ask: (at) => inbox.run(context(at, COMMAND_LINE), inbox.input.parse({ scope: "all" })),
  },
  {
    name: "reconciliation of the month before",
    ask: (at) => reconciliation.run(context(at, FINANCE), reconciliation.input.parse({ limit: 100 })),
  },
  {
    name: "reconciliation, receipts of a month",
    ask: (at) => reconciliation.run(context(at, FINANCE), reconciliation.input.parse({ kind: "no_receipt" })),
  },
  { name: "partners", ask: (at) => partnersList.run(context(at, COMMAND_LINE), {}) },
  {
    name: "partners in motion",
    ask: (at) => partnersInMotion.run(context(at, COMMAND_LINE), partnersInMotion.input.parse({})),
  },
  {
    name: "partners in motion, by deals",
    ask: (at) =>
      partnersInMotion.run(context(at, COMMAND_LINE), partnersInMotion.input.parse({ sort: "deals" })),
  },
  { name: "a partner", ask: (at) => partner.run(context(at, COMMAND_LINE), { partnerId: "P-3" }) },
  {
    name: "a partner in motion",
    ask: (at) => partnerMotion.run(context(at, COMMAND_LINE), { partnerId: "P-3" }),
  },
  {
    name: "a partner's statement",
    ask: (at) =>
      partnerStatement.run(context(at, PARTNER_MANAGER), partnerStatement.input.parse({ partnerId: "P-1" })),
  },
  { name: "owners", ask: (at) => ownersList.run(context(at, COMMAND_LINE), {}) },
  { name: "quarters", ask: (at) => quartersList.run(context(at, COMMAND_LINE), {}) },
  {
    name: "exceptions of a quarter",
    ask: (at) =>
      exceptionsList.run(
        context(at, COMMAND_LINE),
        exceptionsList.input.parse({ quarter: quarterBefore(at, 1), limit: 100 }),
      ),
  },
  {
    name: "exceptions of a quarter, open ones",
    ask: (at) =>
      exceptionsList.run(
        context(at, COMMAND_LINE),
        exceptionsList.input.parse({ quarter: quarterBefore(at, 1), state: "open", limit: 100 }),
      ),
  },
  {
    name: "audit log",
    ask: (at) => auditLog.run(context(at, COMMAND_LINE), auditLog.input.parse({})),
  },
  {
    name: "audit log, of one person",
    ask: (at) => auditLog.run(context(at, COMMAND_LINE), auditLog.input.parse({ actor: FINANCE.id })),
  },
  {
    name: "audit log, of one action",
    ask: (at) => auditLog.run(context(at, COMMAND_LINE), auditLog.input.parse({ action: "freeze-quarter" })),
  },
  {
    name: "audit log, a line a request",
    ask: (at) => auditLog.run(context(at, COMMAND_LINE), auditLog.input.parse({ perRequest: true })),
  },
];
