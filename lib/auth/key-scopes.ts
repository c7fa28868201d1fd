import type { Permission } from "./permissions";

/** What a key can be for. Each opens a part of what its owner's role may, and nothing besides. */
export const KEY_SCOPES = [
  "read",
  "gate",
  "evidence",
  "write:deals",
  "write:roles",
  "write:activities",
  "write:accounts",
  "write:partners",
  "write:registrations",
  "write:exceptions",
  "write:finance",
  "write:imports",
  "people",
] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** What a service's key can be for: it is nobody's hand, so it writes nothing that somebody answers for (§9). */
export const SERVICE_SCOPES = ["read", "gate", "evidence"] as const satisfies readonly KeyScope[];

/** After "may". */
export const KEY_SCOPE_WORDS: Readonly<Record<KeyScope, string>> = {
  read: "read what its owner may read",
  gate: "ask the stage gate",
  evidence: "hand in evidence to be read",
  "write:deals": "enter, edit, move and close deals, propose corrections",
  "write:roles": "name partners in roles, confirm and change them",
  "write:activities": "log activities, plan next steps, accept what was read of evidence",
  "write:accounts": "enter and edit accounts",
  "write:partners": "enter and edit partners, contacts and programs",
  "write:registrations": "enter and decide registrations",
  "write:exceptions": "raise, assign and put off exceptions, comment on them",
  "write:finance": "record costs, rates, targets and probabilities",
  "write:imports": "import files and take them back",
  people: "switch off everybody who is not in a list",
};

/** The scope that opens each permission to a key; null: a person does it, signed in. */
const OPENED_BY: Readonly<Record<Permission, KeyScope | null>> = {
  "deal.create": "write:deals",
  "deal.edit": "write:deals",
  "deal.move_stage": "write:deals",
  "deal.close": "write:deals",
  "deal.delete": null,
  "deal.confirm_no_partner": "write:deals",
  "role.add": "write:roles",
  "role.confirm": "write:roles",
  "role.change": "write:roles",
  "activity.log": "write:activities",
  "activity.change": "write:activities",
  "activity.vouch": "write:activities",
  "evidence.keep": "evidence",
  "step.keep": "write:activities",
  "introduction.keep": "write:activities",
  "correction.propose": "write:deals",
  "correction.answer": null,
  "account.edit": "write:accounts",
  "partner.edit": "write:partners",
  "program.grant": "write:partners",
  "statement.share": null,
  "registration.change": "write:registrations",
  "finance.edit": "write:finance",
  "forecast.set": "write:finance",
  "forecast.take": "write:finance",
  "forecast.sign": null,
  "target.set": "write:finance",
  "compensation.draft": null,
  "compensation.sign": null,
  "compensation.pay": null,
  "policy.draft": null,
  "policy.sign": null,
  "backtest.keep": null,
  "learning.record": null,
  "exception.raise": "write:exceptions",
  "exception.decide": null,
  "exception.assign": "write:exceptions",
  "exception.defer": "write:exceptions",
  "exception.name_deputy": null,
  "reconciliation.decide": null,
  "month.lock": null,
  "review.drive": null,
  "review.write": null,
  "quarter.prepare": null,
  "quarter.freeze": null,
  "restatement.answer": null,
  "import.run": "write:imports",
  "connection.keep": null,
  "connection.accept": null,
  "difference.settle": null,
  "import.accept": null,
  "people.manage": null,
  "people.erase": null,
  "people.switch_off": "people",
  "settings.edit": null,
  "audit.read": "read",
  "sample.keep": null,
  "account.keep": null,
  "notice.resend": null,
  "job.run": null,
  "view.keep": null,
  "inbox.keep": null,
  "inbox.delegate": null,
  "write.undo": null,
};

/** The scope that a key needs for a permission; null when no key has it. */
export const scopeOpening = (permission: Permission): KeyScope | null => OPENED_BY[permission];

/** By which key somebody asks, and what it is for. */
export interface UsedKey {
  id: string;
  name: string;
  scopes: readonly KeyScope[];
}
