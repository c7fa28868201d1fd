import { expect, test } from "vitest";
import { FINANCE_KINDS, KINDS } from "@/lib/interchange/kinds";
import { maySay } from "../commands/guard";
import { mayImport } from "../commands/import/guards";
import type { Actor } from "./actor";
import { COMMAND_LINE } from "./actor";
import { holdersOf, PERMISSIONS, type Permission, scopeOf } from "./permissions";
import { USER_ROLES, type UserRole } from "./roles";

const held = (role: UserRole) =>
  (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => scopeOf(permission, role));

test.each<[Permission, readonly UserRole[]]>([
  ["finance.edit", ["finance"]],
  ["quarter.freeze", ["finance"]],
  ["compensation.draft", ["finance", "head_of_partnerships"]],
  ["compensation.sign", ["finance", "cro", "head_of_partnerships"]],
  ["compensation.pay", ["finance"]],
  ["target.set", ["finance", "cro", "head_of_partnerships"]],
  ["forecast.set", ["finance"]],
  ["forecast.sign", ["finance"]],
  ["program.grant", ["head_of_partnerships"]],
  ["policy.draft", ["head_of_partnerships"]],
  ["policy.sign", ["finance", "cro", "head_of_partnerships"]],
  ["statement.share", ["partner_manager", "head_of_partnerships"]],
  ["registration.change", ["partner_manager", "head_of_partnerships"]],
  // A partner manager and a CRO where a side named them its deputy.
  ["exception.decide", ["partner_manager", "finance", "cro", "head_of_partnerships"]],
  ["exception.defer", ["finance", "head_of_partnerships"]],
  ["people.manage", ["admin"]],
  ["audit.read", ["finance", "cro", "head_of_partnerships", "admin", "auditor"]],
  ["sample.keep", ["auditor"]],
  ["settings.edit", ["admin"]],
])("%s is held by %j alone", (permission, roles) => {
  expect(holdersOf(permission)).toEqual(roles);
});

test("a CRO signs, reads the log, keeps what goes with signing, takes a week's forecast, their own account, notices, views and inbox, and stands in for a side", () => {
  expect(held("cro")).toEqual([
    "forecast.take",
    "target.set",
    "compensation.sign",
    "policy.sign",
    "backtest.keep",
    "learning.record",
    "exception.decide",
    "audit.read",
    "account.keep",
    "notice.resend",
    "view.keep",
    "inbox.keep",
    "write.undo",
  ]);
});

test("whoever may write may take back; an auditor reads the log, keeps samples and their account, and that is all", () => {
  expect(holdersOf("write.undo")).toEqual(USER_ROLES.filter((role) => role !== "auditor"));
  expect(held("auditor")).toEqual(["audit.read", "sample.keep", "account.keep"]);
});

test("costs and rates come by finance's hand, everything else by RevOps', and the command line brings both", () => {
  const as = (role: UserRole): Actor => ({ id: "user:U", userId: "U", name: "U", role, ownerName: null });
  for (const kind of KINDS) {
    const isFinance = FINANCE_KINDS.includes(kind);
    expect(maySay(mayImport, as("finance"), { kind }) === true, kind).toBe(isFinance);
    expect(maySay(mayImport, as("admin"), { kind }) === true, kind).toBe(!isFinance);
    expect(maySay(mayImport, COMMAND_LINE, { kind }), kind).toBe(true);
    for (const role of ["ae", "partner_manager", "cro", "head_of_partnerships", "auditor"] as const)
      expect(maySay(mayImport, as(role), { kind }), kind).toMatch(/may not import$/);
  }
});
