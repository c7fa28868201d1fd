import { dealPath } from "./addresses";
import { dayInWords } from "./days";
import { type Digest, digestWords } from "./digest";
import type { NoticeInWords } from "./message";
import { type WeeklyNote, weeklyWords } from "./weekly-note";
import { count } from "./words";

/** What a notice tells of, in names as they were when it was written. `many`: it stands for so many of a kind. */
export type NoticeAbout =
  | Digest
  | WeeklyNote
  | {
      kind: "registration_waits";
      by: string;
      partner: string;
      customer: string | null;
      registrationId: string;
    }
  | {
      kind: "row_waits";
      by: string;
      partner: string;
      role: string;
      customer: string;
      dealId: string;
      many?: number;
    }
  | {
      kind: "case_assigned";
      by: string;
      label: string;
      customer: string;
      quarter: string;
      exceptionId: string;
      many?: number;
    }
  | {
      kind: "item_given";
      by: string;
      label: string;
      customer: string | null;
      dealId: string | null;
      inboxKind: string;
    }
  | {
      kind: "deal_contested";
      by: string;
      customer: string;
      partner: string | null;
      claim: string;
      quarter: string;
      exceptionId: string;
    }
  | { kind: "memo_waits"; by: string; title: string; activeFrom: string; policyId: string }
  | { kind: "freeze_prepared"; by: string; quarter: string };

const SUBJECTS_CLAIM = 300;

/** The words of a notice; the digest's message has more (lib/text/digest.ts). */
export function noticeWords(about: NoticeAbout): NoticeInWords {
  switch (about.kind) {
    case "digest":
      return digestWords(about);
    case "weekly_numbers":
      return weeklyWords(about);
    case "registration_waits": {
      const of = about.customer ? ` of ${about.customer}` : "";
      return {
        title: `${about.partner}’s registration${of} waits for your answer`,
        says: `${about.by} entered it. You approve or reject it.`,
        path: `/registrations?open=${encodeURIComponent(about.registrationId)}`,
      };
    }
    case "row_waits": {
      const many = (about.many ?? 1) > 1;
      const where = many ? count(about.many!, "deal of yours", "deals of yours") : about.customer;
      return {
        title: `${about.partner}’s role on ${where} waits for you`,
        says: `${about.by} proposed ${about.partner} as ${about.role} on ${where}. You confirm or refuse it.`,
        path: many ? "/inbox?kind=row_waits" : dealPath(about.dealId),
      };
    }
    case "case_assigned": {
      const many = (about.many ?? 1) > 1;
      return {
        title: many
          ? `${count(about.many!, "case")} of ${about.quarter} are yours`
          : `A case is yours: ${about.label}, ${about.customer}`,
        says: `${about.by} gave ${many ? "them" : "it"} to you, in the log of ${about.quarter}.`,
        path: many
          ? "/inbox?kind=case_assigned"
          : `/exceptions?quarter=${about.quarter}&open=${encodeURIComponent(about.exceptionId)}`,
      };
    }
    case "item_given":
      return {
        title: `${about.by} gave you an item${about.customer ? `: ${about.customer}` : ""}`,
        says: `It is under “${about.label}” in your inbox.`,
        path: about.dealId ? dealPath(about.dealId) : `/inbox?kind=${about.inboxKind}`,
      };
    case "deal_contested": {
      const whose = about.partner ? `${about.partner}’s claim on ${about.customer}` : about.customer;
      return {
        title: `${whose} is contested`,
        says: `${about.by} raised an exception in the log of ${about.quarter}: “${about.claim.slice(0, SUBJECTS_CLAIM)}”`,
        path: `/exceptions?quarter=${about.quarter}&open=${encodeURIComponent(about.exceptionId)}`,
      };
    }
    case "memo_waits":
      return {
        title: `The memo “${about.title}” waits for your signature`,
        says: `${about.by} proposed it, to judge from ${dayInWords(about.activeFrom)} on.`,
        path: `/policy/${encodeURIComponent(about.policyId)}`,
      };
    default:
      return {
        title: `${about.quarter} is ready to be frozen`,
        says: `${about.by} prepared it; another person, of finance, freezes it.`,
        path: `/review/${about.quarter}`,
      };
  }
}
