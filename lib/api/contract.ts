import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { editActivity } from "@/lib/commands/activity/edit-activity";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { withdrawActivity } from "@/lib/commands/activity/withdraw-activity";
import { createUser } from "@/lib/commands/company/create-user";
import { editSettings } from "@/lib/commands/company/edit-settings";
import { editUser } from "@/lib/commands/company/edit-user";
import { removeDemo } from "@/lib/commands/company/remove-demo";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { confirmNoPartners } from "@/lib/commands/deal/confirm-no-partners";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { deleteDeal } from "@/lib/commands/deal/delete-deal";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { moveStage } from "@/lib/commands/deal/move-stage";
import { assignException } from "@/lib/commands/exception/assign-exception";
import { commentException } from "@/lib/commands/exception/comment-exception";
import { decideException } from "@/lib/commands/exception/decide-exception";
import { deferException } from "@/lib/commands/exception/defer-exception";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { recordCost } from "@/lib/commands/finance/record-cost";
import { recordRate } from "@/lib/commands/finance/record-rate";
import { importBatch } from "@/lib/commands/import/import-batch";
import { saveMapping } from "@/lib/commands/import/save-mapping";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { editPartner } from "@/lib/commands/partner/edit-partner";
import { declinePolicy } from "@/lib/commands/policy/decline-policy";
import { discardDraft } from "@/lib/commands/policy/discard-draft";
import { editDraft } from "@/lib/commands/policy/edit-draft";
import { keepBacktest } from "@/lib/commands/policy/keep-backtest";
import { proposePolicy } from "@/lib/commands/policy/propose-policy";
import { recordLearning } from "@/lib/commands/policy/record-learning";
import { signPolicy } from "@/lib/commands/policy/sign-policy";
import { startDraft } from "@/lib/commands/policy/start-draft";
import { withdrawPolicy } from "@/lib/commands/policy/withdraw-policy";
import { decideRegistration } from "@/lib/commands/registration/decide-registration";
import { submitRegistration } from "@/lib/commands/registration/submit-registration";
import { driveReview } from "@/lib/commands/review/drive-review";
import { freezeQuarter } from "@/lib/commands/review/freeze-quarter";
import { startReview } from "@/lib/commands/review/start-review";
import { writeReview } from "@/lib/commands/review/write-review";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { editRole } from "@/lib/commands/role/edit-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { tagPartners } from "@/lib/commands/role/tag-partners";
import { withdrawRole } from "@/lib/commands/role/withdraw-role";
import { undo } from "@/lib/commands/undo";
import type { Verb } from "@/lib/commands/verb";
import { auditChain } from "@/lib/queries/audit/audit-chain";
import { auditLog } from "@/lib/queries/audit/audit-log";
import { colleagues } from "@/lib/queries/company/colleagues";
import { costsAndRates } from "@/lib/queries/company/costs-and-rates";
import { me } from "@/lib/queries/company/me";
import { peopleList } from "@/lib/queries/company/people-list";
import { deal } from "@/lib/queries/deal/deal";
import { preview } from "@/lib/queries/deal/preview";
import { proofCheck } from "@/lib/queries/deal/proof-check";
import { why } from "@/lib/queries/deal/why";
import { dealsList } from "@/lib/queries/deals/deals-list";
import { ownersList } from "@/lib/queries/deals/owners-list";
import { exception } from "@/lib/queries/exception/exception";
import { exceptionsList } from "@/lib/queries/exception/exceptions-list";
import { importPreview } from "@/lib/queries/import/import-preview";
import { importsList } from "@/lib/queries/import/imports-list";
import { mappingsList } from "@/lib/queries/import/mappings-list";
import { lensDeals } from "@/lib/queries/lens/lens-deals";
import { lensTable } from "@/lib/queries/lens/lens-table";
import { numbers } from "@/lib/queries/numbers/numbers";
import { partnersList } from "@/lib/queries/partner/partners-list";
import { activityMenu } from "@/lib/queries/policy/activity-menu";
import { backtestDeals } from "@/lib/queries/policy/backtest-deals";
import { backtestEventShape, backtestInput } from "@/lib/queries/policy/backtest-shapes";
import { judgingMoves } from "@/lib/queries/policy/judging-moves";
import { judgingProgress } from "@/lib/queries/policy/judging-progress";
import { learningsList } from "@/lib/queries/policy/learnings-list";
import { policiesList } from "@/lib/queries/policy/policies-list";
import { policy } from "@/lib/queries/policy/policy";
import type { Query } from "@/lib/queries/query";
import { meeting } from "@/lib/queries/review/meeting";
import { quartersList } from "@/lib/queries/review/quarters-list";
import { restatements } from "@/lib/queries/review/restatements";
import { review } from "@/lib/queries/review/review";

/** Every read the API answers, by the name it has in the typed client. */
export const QUERIES = {
  me,
  dealsList,
  deal,
  why,
  preview,
  numbers,
  partnersList,
  ownersList,
  activityMenu,
  peopleList,
  colleagues,
  auditLog,
  auditChain,
  costsAndRates,
  importsList,
  importPreview,
  mappingsList,
  proofCheck,
  policiesList,
  policy,
  learningsList,
  judgingProgress,
  judgingMoves,
  backtestDeals,
  lensTable,
  lensDeals,
  exceptionsList,
  exception,
  review,
  meeting,
  quartersList,
  restatements,
};

/** Every write the API takes. */
export const VERBS = {
  createDeal,
  editDeal,
  moveStage,
  closeDeal,
  confirmNoPartner,
  confirmNoPartners,
  tagPartner,
  tagPartners,
  confirmRole,
  editRole,
  withdrawRole,
  logActivity,
  editActivity,
  withdrawActivity,
  createPartner,
  editPartner,
  submitRegistration,
  decideRegistration,
  recordCost,
  recordRate,
  importBatch,
  saveMapping,
  createUser,
  editUser,
  editSettings,
  removeDemo,
  undo,
  startDraft,
  editDraft,
  discardDraft,
  proposePolicy,
  signPolicy,
  declinePolicy,
  withdrawPolicy,
  keepBacktest,
  recordLearning,
  raiseException,
  commentException,
  assignException,
  decideException,
  deferException,
  startReview,
  driveReview,
  writeReview,
  freezeQuarter,
  deleteDeal,
};

/** A query as an HTTP route: `GET /<name>`, or POST where its input is a document. */
function query<I extends z.ZodType, O extends z.ZodType>(asked: Query<I, O>) {
  return oc
    .route({
      method: asked.inBody ? "POST" : "GET",
      path: `/${asked.name}`,
      operationId: asked.name,
      summary: asked.summary,
      tags: ["reads"],
    })
    .input(asked.input)
    .output(asked.output);
}

/** A verb as an HTTP route: `POST /<name>`; the answer names the request, by which `undo` takes it back. */
function command<I extends z.ZodType, O extends z.ZodType>(verb: Verb<I, O>) {
  return oc
    .route({
      method: "POST",
      path: `/${verb.name}`,
      operationId: verb.name,
      summary: verb.summary,
      tags: ["writes"],
    })
    .input(verb.input)
    .output(z.object({ request: z.string(), answer: verb.output }));
}

/** A read whose answer is a stream of server-sent events, so that it shows its progress and can be stopped. */
const backtest = oc
  .route({
    method: "POST",
    path: "/backtest",
    operationId: "backtest",
    summary: "What a policy would have done, held against another: progress, then the result.",
    tags: ["reads"],
  })
  .input(backtestInput)
  .output(eventIterator(backtestEventShape));

type RouteOf<T> =
  T extends Query<infer I, infer O>
    ? ReturnType<typeof query<I, O>>
    : T extends Verb<infer I, infer O>
      ? ReturnType<typeof command<I, O>>
      : never;
type Routes = { [K in keyof typeof QUERIES]: RouteOf<(typeof QUERIES)[K]> } & {
  [K in keyof typeof VERBS]: RouteOf<(typeof VERBS)[K]>;
} & { backtest: typeof backtest };

/** The one contract: validation, OpenAPI, the typed client and the hooks all come from it. */
export const contract = Object.fromEntries([
  ...Object.entries(QUERIES).map(([key, asked]) => [key, query(asked as unknown as Query)]),
  ...Object.entries(VERBS).map(([key, verb]) => [key, command(verb as Verb)]),
  ["backtest", backtest],
]) as Routes;
