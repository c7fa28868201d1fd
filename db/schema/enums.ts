import { pgEnum } from "drizzle-orm/pg-core";
import { FINDINGS } from "../../lib/attribution/reconciliation";
import {
  DEAL_OUTCOMES,
  DEAL_TYPES,
  EVIDENCE_SOURCES,
  FORECAST_CATEGORIES,
  GRADES,
  GRAY_CODES,
  INVOLVEMENTS,
  MODELS,
  OUTCOMES,
  PARTNER_KINDS,
  REGISTRATION_STATUSES,
  ROLES,
  ROUTES,
} from "../../lib/attribution/vocabulary";
import { SEATS, SIGN_IN_WAYS, SIGN_METHODS, USER_ROLES } from "../../lib/auth/roles";
import { DEAL_STATUSES } from "../../lib/metrics/deal-status";
import { INBOX_KINDS } from "../../lib/metrics/inbox-kinds";
import { CHATS, NOTICE_CHOICES, NOTICE_KINDS, NOTICE_STATES } from "../../lib/metrics/notice-kinds";
import { PROOF_STATES } from "../../lib/metrics/projected-deal";
import { DECIDED_STATES } from "../../lib/metrics/reconciled";
import { PLAY_DECISIONS } from "../../lib/metrics/selling-play";
import { TALLY_KINDS } from "../../lib/metrics/tally-lines";
import { WEBHOOK_EVENTS, WEBHOOK_STATES } from "../../lib/text/webhook-words";

export const partnerKind = pgEnum("partner_kind", PARTNER_KINDS);
export const partnerRole = pgEnum("partner_role", ROLES);
export const dealType = pgEnum("deal_type", DEAL_TYPES);
export const route = pgEnum("route", ROUTES);
export const forecastCategory = pgEnum("forecast_category", FORECAST_CATEGORIES);
export const dealOutcome = pgEnum("deal_outcome", DEAL_OUTCOMES);
/** What becomes of a partner after its selling play (§8.4). */
export const playDecision = pgEnum("play_decision", PLAY_DECISIONS);
/** What a partner says of a line of its statement (§9). */
export const partnerSaid = pgEnum("partner_said", ["confirmed", "contested"]);
export const registrationStatus = pgEnum("registration_status", REGISTRATION_STATUSES);
export const evidenceSource = pgEnum("evidence_source", EVIDENCE_SOURCES);
export const involvement = pgEnum("involvement", INVOLVEMENTS);
export const model = pgEnum("model", MODELS);
export const outcome = pgEnum("outcome", OUTCOMES);
/** Who stands behind an outcome, the least first. */
export const grade = pgEnum("grade", GRADES);
export const grayCode = pgEnum("gray_code", GRAY_CODES);
export const userRole = pgEnum("user_role", USER_ROLES);
export const costSide = pgEnum("cost_side", ["partner_program", "direct_sales"]);
export const seat = pgEnum("seat", SEATS);
/** A gray area that judging found, or what somebody raised by hand. */
export const exceptionKind = pgEnum("exception_kind", [...GRAY_CODES, "other"]);
export const exceptionOrigin = pgEnum("exception_origin", ["found", "raised"]);
export const decision = pgEnum("decision", ["rule_upheld", "ruling", "learning"]);
export const decisionSide = pgEnum("decision_side", ["finance", "partnerships"]);
export const correctionState = pgEnum("correction_state", ["proposed", "accepted", "declined", "withdrawn"]);
export const dealStatus = pgEnum("deal_status", DEAL_STATUSES);
export const inboxKind = pgEnum("inbox_kind", INBOX_KINDS);
export const noticeKind = pgEnum("notice_kind", NOTICE_KINDS);
export const noticeChoice = pgEnum("notice_choice", NOTICE_CHOICES);
export const noticeState = pgEnum("notice_state", NOTICE_STATES);
export const chat = pgEnum("chat", CHATS);
export const webhookEvent = pgEnum("webhook_event", WEBHOOK_EVENTS);
export const webhookState = pgEnum("webhook_state", WEBHOOK_STATES);
export const proofState = pgEnum("proof_state", PROOF_STATES);
/** What the monthly reconciliation finds on a closed deal, and how far one is decided (§8.5). */
export const finding = pgEnum("finding", FINDINGS);
export const decidedState = pgEnum("decided_state", DECIDED_STATES);
export const tallyKind = pgEnum("tally_kind", TALLY_KINDS);

/** By what a signer showed that it is they (§9). */
export const signMethod = pgEnum("sign_method", SIGN_METHODS);
/** How a session began (§9). */
export const signInWay = pgEnum("sign_in_way", SIGN_IN_WAYS);
