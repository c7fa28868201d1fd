import { USER_ROLES, type UserRole } from "./roles";

/** `any` subject, or only the actor's `own` (their deal, their activity, their row). */
export type Scope = "any" | "own";

type Grants = Readonly<Partial<Record<UserRole, Scope>>>;

/** Everybody who may write at all, for what is their own. */
const WRITERS_OWN = {
  ae: "own",
  partner_manager: "own",
  finance: "own",
  cro: "own",
  head_of_partnerships: "own",
  admin: "own",
} as const;

/**
 * The one table of who may do what. The door asks it for every write, queries for the few reads
 * that not everybody has. Source: domain.md §9; who confirms a row: §5 "Confirmation".
 */
export const PERMISSIONS = {
  "deal.create": { ae: "own", admin: "any" },
  "deal.edit": { ae: "own", admin: "any" },
  "deal.move_stage": { ae: "own", admin: "any" },
  "deal.close": { ae: "own", admin: "any" },
  "deal.delete": { admin: "any" },
  "deal.confirm_no_partner": { ae: "own", admin: "any" },
  "role.add": { ae: "own", partner_manager: "any", head_of_partnerships: "any", admin: "any" },
  "role.confirm": { ae: "own", admin: "any" },
  "role.change": { ae: "own", partner_manager: "own", head_of_partnerships: "any", admin: "any" },
  "activity.log": { ae: "own", partner_manager: "any", head_of_partnerships: "any" },
  "activity.change": { ae: "own", partner_manager: "own", head_of_partnerships: "any" },
  "activity.vouch": { ae: "own" },
  "evidence.keep": { ae: "own", partner_manager: "any", head_of_partnerships: "any" },
  "step.keep": { ae: "own", partner_manager: "any", head_of_partnerships: "any" },
  "introduction.keep": { ae: "own", partner_manager: "any", head_of_partnerships: "any" },
  "correction.propose": { ae: "own", finance: "any", admin: "any" },
  "correction.answer": { finance: "any" },
  "account.edit": { ae: "any", partner_manager: "any", head_of_partnerships: "any", admin: "any" },
  "partner.edit": { partner_manager: "any", head_of_partnerships: "any", admin: "any" },
  "program.grant": { head_of_partnerships: "any" },
  "statement.share": { partner_manager: "any", head_of_partnerships: "any" },
  "registration.change": { partner_manager: "any", head_of_partnerships: "any" },
  "finance.edit": { finance: "any" },
  "forecast.set": { finance: "any" },
  "forecast.take": { finance: "any", cro: "any", head_of_partnerships: "any", admin: "any" },
  "forecast.sign": { finance: "any" },
  "target.set": { finance: "any", cro: "any", head_of_partnerships: "any" },
  "compensation.draft": { finance: "any", head_of_partnerships: "any" },
  "compensation.sign": { finance: "any", cro: "any", head_of_partnerships: "any" },
  "compensation.pay": { finance: "any" },
  "policy.draft": { head_of_partnerships: "any" },
  "policy.sign": { cro: "any", finance: "any", head_of_partnerships: "any" },
  "backtest.keep": { cro: "any", finance: "any", head_of_partnerships: "any" },
  "learning.record": {
    ae: "any",
    partner_manager: "any",
    finance: "any",
    cro: "any",
    head_of_partnerships: "any",
    admin: "any",
  },
  "exception.raise": {
    ae: "any",
    partner_manager: "any",
    finance: "any",
    head_of_partnerships: "any",
    admin: "any",
  },
  // "own": where a side named them its deputy (§8.6).
  "exception.decide": {
    finance: "any",
    head_of_partnerships: "any",
    cro: "own",
    partner_manager: "own",
  },
  "exception.assign": { finance: "any", head_of_partnerships: "any", admin: "any" },
  "exception.defer": { finance: "any", head_of_partnerships: "any" },
  "exception.name_deputy": { finance: "any", head_of_partnerships: "any" },
  "reconciliation.decide": { finance: "any", head_of_partnerships: "any" },
  "month.lock": { finance: "any" },
  "review.drive": { finance: "any", head_of_partnerships: "any", admin: "any" },
  "review.write": { finance: "any", head_of_partnerships: "any", admin: "any" },
  "quarter.prepare": { finance: "any", head_of_partnerships: "any" },
  "quarter.freeze": { finance: "any" },
  "restatement.answer": { finance: "any", head_of_partnerships: "any" },
  "import.run": { finance: "any", admin: "any" },
  "connection.keep": { admin: "any" },
  "connection.accept": { finance: "any" },
  "difference.settle": { ae: "own", finance: "any", head_of_partnerships: "any", admin: "any" },
  "import.accept": { finance: "any", head_of_partnerships: "any" },
  "people.manage": { admin: "any" },
  "people.switch_off": { admin: "any" },
  "people.erase": { admin: "any" },
  "settings.edit": { admin: "any" },
  "audit.read": { finance: "any", cro: "any", head_of_partnerships: "any", admin: "any", auditor: "any" },
  "sample.keep": { auditor: "any" },
  "account.keep": { ...WRITERS_OWN, auditor: "own" },
  "notice.resend": { ...WRITERS_OWN, admin: "any" },
  "job.run": { admin: "any" },
  "view.keep": WRITERS_OWN,
  "inbox.keep": WRITERS_OWN,
  "inbox.delegate": {
    ae: "own",
    partner_manager: "any",
    finance: "any",
    head_of_partnerships: "any",
    admin: "any",
  },
  "write.undo": WRITERS_OWN,
} as const satisfies Record<string, Grants>;

export type Permission = keyof typeof PERMISSIONS;

/** What each permission is for, after "may not": the one sentence that a role without it reads. */
export const PERMISSION_WORDS: Readonly<Record<Permission, string>> = {
  "deal.create": "enter deals",
  "deal.edit": "edit deals",
  "deal.move_stage": "move stages",
  "deal.close": "close deals",
  "deal.delete": "remove deals",
  "deal.confirm_no_partner": "confirm attribution",
  "role.add": "name partners",
  "role.confirm": "confirm role rows",
  "role.change": "change role rows",
  "activity.log": "log activities",
  "activity.change": "change activities",
  "activity.vouch": "vouch for activities",
  "evidence.keep": "hand in evidence or dismiss what is read from it",
  "step.keep": "plan next joint steps",
  "introduction.keep": "say what came of introductions",
  "correction.propose": "propose corrections",
  "correction.answer": "answer corrections",
  "account.edit": "enter or edit accounts",
  "partner.edit": "enter or edit partners",
  "program.grant": "grant programs",
  "statement.share": "share a partner's statement",
  "registration.change": "enter or decide registrations",
  "finance.edit": "record costs and rates",
  "forecast.set": "say what a stage's probability is",
  "forecast.take": "take a week's forecast",
  "forecast.sign": "sign a week's forecast",
  "target.set": "set targets",
  "compensation.draft": "draft or withdraw compensation plans",
  "compensation.sign": "sign compensation plans",
  "compensation.pay": "pay compensation",
  "policy.draft": "draft policies",
  "policy.sign": "sign or decline policies",
  "backtest.keep": "keep backtests",
  "learning.record": "record learnings",
  "exception.raise": "raise exceptions or comment on them",
  "exception.decide": "decide exceptions",
  "exception.assign": "assign exceptions",
  "exception.defer": "defer exceptions",
  "exception.name_deputy": "name a side's deputy",
  "reconciliation.decide": "decide in the reconciliation",
  "month.lock": "lock a month",
  "review.drive": "start or drive a review",
  "review.write": "write a review's ask or minutes",
  "quarter.prepare": "prepare a freeze",
  "quarter.freeze": "freeze a quarter",
  "restatement.answer": "propose, accept or decline restatements",
  "import.run": "import",
  "connection.keep": "keep connections",
  "connection.accept": "accept a connection as a witness",
  "difference.settle": "settle where a connection says otherwise",
  "import.accept": "accept a file",
  "people.manage": "manage people",
  "people.switch_off": "switch off who has left",
  "people.erase": "erase or hold what is kept of people",
  "settings.edit": "change the settings",
  "audit.read": "read or verify the audit log",
  "sample.keep": "draw, tick or sign off an auditor's sample",
  "account.keep": "keep an account",
  "notice.resend": "have notices sent again",
  "job.run": "have jobs run",
  "view.keep": "keep views of the deals list",
  "inbox.keep": "put items of an inbox off",
  "inbox.delegate": "give items of the inbox to somebody",
  "write.undo": "take back writes",
};

/** The scope in which a role holds a permission, or null when it does not hold it at all. */
export function scopeOf(permission: Permission, role: UserRole): Scope | null {
  const grants: Grants = PERMISSIONS[permission];
  return grants[role] ?? null;
}

/** The roles that hold a permission, of whatever scope: who may ask a query that not everybody may. */
export const holdersOf = (permission: Permission): UserRole[] =>
  USER_ROLES.filter((role) => scopeOf(permission, role));
