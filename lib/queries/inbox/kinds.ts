import { INBOX_KINDS, type InboxKind } from "@/lib/metrics/inbox-kinds";
import type { Kind } from "./kind";
import { caseAssigned, casesToDecide } from "./kinds/cases";
import { closingUndecided } from "./kinds/closing-undecided";
import { disputed } from "./kinds/disputed";
import { drifted } from "./kinds/drifted";
import { introductionWaits, loopOpen } from "./kinds/introductions";
import { playDecides } from "./kinds/play-decides";
import { registrationWaits } from "./kinds/registration-waits";
import { roleAsked } from "./kinds/role-asked";
import { rowWaits } from "./kinds/row-waits";
import { secondHand } from "./kinds/second-hand";
import { silent } from "./kinds/silent";
import { stepOverdue } from "./kinds/step-overdue";
import { updatesShort } from "./kinds/updates-short";

type AnyKind = Kind<InboxKind, never, object>;

/** How each kind is found; a new one is its file, its words and a line here. */
const FINDS: { readonly [K in InboxKind]: AnyKind & { kind: K } } = {
  registration_waits: registrationWaits,
  row_waits: rowWaits,
  role_asked: roleAsked,
  introduction_waits: introductionWaits,
  loop_open: loopOpen,
  closing_undecided: closingUndecided,
  updates_short: updatesShort,
  step_overdue: stepOverdue,
  disputed,
  second_hand: secondHand,
  drifted,
  case_assigned: caseAssigned,
  cases_to_decide: casesToDecide,
  play_decides: playDecides,
  silent,
};

/** All of them in the order of a week. */
export const KINDS: readonly AnyKind[] = INBOX_KINDS.map((kind) => FINDS[kind]);
