import { expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";
import { mayWithdrawActivity } from "./activity/guards";
import { mayDecideException, mayDeferException, type OfException } from "./exception/guards";
import { all, maySay } from "./guard";
import { mayDeclinePolicy, maySignPolicy } from "./policy/guards";
import { mayFreezeQuarter, mayPrepareFreeze } from "./review/guards";
import { mayWithdrawRole } from "./role/guards";

const actor = (role: UserRole, more: Partial<Actor> = {}): Actor => ({
  ...{ id: "user:U-1", userId: "U-1", name: "Una", role, ownerName: null, ownPassword: true },
  ...more,
});
const subject = (demo: boolean): OfException => ({
  ...{ quarter: "2026-Q1", frozen: false, settledOn: null, raisedBy: null, contestedBy: null },
  ...{ contested: [], votes: [], deputies: [], demo },
});
const policy = (demo: boolean) => ({ proposed: true, ended: null, signed: false, signatures: [], demo });
const close = (demo: boolean) => ({
  ...{
    quarter: { label: "2026-Q1", from: "2026-01-01", to: "2026-03-31" },
    state: "over" as const,
    checklist: [],
  },
  ...{ preparation: { by: { id: "U-2", name: "Ula" } }, demo },
});

const DEEDS: [string, (who: Actor, demo: boolean) => true | string, UserRole][] = [
  ["decide", (who, demo) => maySay(mayDecideException, who, subject(demo)), "finance"],
  ["defer", (who, demo) => maySay(mayDeferException, who, subject(demo)), "finance"],
  [
    "prepare and freeze",
    (who, demo) =>
      all(maySay(mayPrepareFreeze, who, close(demo)), maySay(mayFreezeQuarter, who, close(demo))),
    "finance",
  ],
  ["sign", (who, demo) => maySay(maySignPolicy, who, policy(demo)), "cro"],
  ["decline", (who, demo) => maySay(mayDeclinePolicy, who, policy(demo)), "cro"],
];

test.each(DEEDS)("people of the demo %s what is the demo's, and nothing real", (deed, say, role) => {
  const demo = actor(role, { demo: true, ownPassword: false });
  expect(say(demo, true)).toBe(true);
  expect(say(demo, false)).toBe(`People of the demo ${deed} what is the demo's own, and nothing real`);
  expect(say(actor(role), false)).toBe(true);
});

test.each([false, undefined])(
  "a password that somebody else could know (%s) signs nothing",
  (ownPassword) => {
    expect(maySay(maySignPolicy, actor("cro", { ownPassword }), policy(false))).toMatch(
      /in a browser of your own/,
    );
  },
);

const WON = { owner: "Ana Ruiz", outcome: "won" as const, closedOn: "2026-05-04" };
const claimed = (recordedOn: string) => ({
  deal: WON,
  row: {
    ...{ recordedBy: "U-2", changedBy: null, recordedOn },
    ...{ confirmedOn: null, refusedOn: null },
  },
  activity: { recordedBy: "U-2", changedBy: null, recordedOn, vouchedOn: null },
});
const WITHDRAWALS = [
  ["a role row", mayWithdrawRole, ["ae", "partner_manager", "head_of_partnerships", "admin"]],
  ["an activity", mayWithdrawActivity, ["ae", "partner_manager", "head_of_partnerships"]],
] as const;

test.each(WITHDRAWALS)(
  "%s from after the close is its recorder's to take back, whoever asks",
  (_, guard, roles) => {
    const say = (who: Actor, recordedOn: string) => maySay(guard, who, claimed(recordedOn));
    for (const role of roles) {
      const who = actor(role, { ownerName: role === "ae" ? WON.owner : null });
      expect(say(who, "2026-05-05"), role).toMatch(/by whoever (recorded|logged) it/);
      expect(say({ ...who, userId: "U-2" }, "2026-05-05"), role).toBe(true);
      expect(say({ ...who, userId: "U-2" }, WON.closedOn), role).toMatch(/is locked/);
    }
  },
);
