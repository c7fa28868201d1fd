import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { assignException } from "@/lib/commands/assign-exception";
import { closeDeal } from "@/lib/commands/close-deal";
import { commentException } from "@/lib/commands/comment-exception";
import { confirmNoPartner } from "@/lib/commands/confirm-no-partner";
import { confirmNoPartners } from "@/lib/commands/confirm-no-partners";
import { confirmRole } from "@/lib/commands/confirm-role";
import { createDeal } from "@/lib/commands/create-deal";
import { createPartner } from "@/lib/commands/create-partner";
import { createUser } from "@/lib/commands/create-user";
import { decideException } from "@/lib/commands/decide-exception";
import { decideRegistration } from "@/lib/commands/decide-registration";
import { declinePolicy } from "@/lib/commands/decline-policy";
import { deferException } from "@/lib/commands/defer-exception";
import { deleteDeal } from "@/lib/commands/delete-deal";
import { discardDraft } from "@/lib/commands/discard-draft";
import { driveReview } from "@/lib/commands/drive-review";
import { editActivity } from "@/lib/commands/edit-activity";
import { editDeal } from "@/lib/commands/edit-deal";
import { editDraft } from "@/lib/commands/edit-draft";
import { editPartner } from "@/lib/commands/edit-partner";
import { editRole } from "@/lib/commands/edit-role";
import { editSettings } from "@/lib/commands/edit-settings";
import { editUser } from "@/lib/commands/edit-user";
import { freezeQuarter } from "@/lib/commands/freeze-quarter";
import { importBatch } from "@/lib/commands/import-batch";
import { keepBacktest } from "@/lib/commands/keep-backtest";
import { logActivity } from "@/lib/commands/log-activity";
import { moveStage } from "@/lib/commands/move-stage";
import { proposePolicy } from "@/lib/commands/propose-policy";
import { raiseException } from "@/lib/commands/raise-exception";
import { recordCost } from "@/lib/commands/record-cost";
import { recordLearning } from "@/lib/commands/record-learning";
import { recordRate } from "@/lib/commands/record-rate";
import { removeDemo } from "@/lib/commands/remove-demo";
import { saveMapping } from "@/lib/commands/save-mapping";
import { signPolicy } from "@/lib/commands/sign-policy";
import { startDraft } from "@/lib/commands/start-draft";
import { startReview } from "@/lib/commands/start-review";
import { submitRegistration } from "@/lib/commands/submit-registration";
import { tagPartner } from "@/lib/commands/tag-partner";
import { tagPartners } from "@/lib/commands/tag-partners";
import { undo } from "@/lib/commands/undo";
import type { Verb } from "@/lib/commands/verb";
import { withdrawActivity } from "@/lib/commands/withdraw-activity";
import { withdrawPolicy } from "@/lib/commands/withdraw-policy";
import { withdrawRole } from "@/lib/commands/withdraw-role";
import { writeReview } from "@/lib/commands/write-review";
import { activityMenu } from "@/lib/queries/activity-menu";
import { auditChain } from "@/lib/queries/audit-chain";
import { auditLog } from "@/lib/queries/audit-log";
import { backtestDeals } from "@/lib/queries/backtest-deals";
import { backtestEventShape, backtestInput } from "@/lib/queries/backtest-shapes";
import { colleagues } from "@/lib/queries/colleagues";
import { costsAndRates } from "@/lib/queries/costs-and-rates";
import { deal } from "@/lib/queries/deal";
import { dealsList } from "@/lib/queries/deals-list";
import { exception } from "@/lib/queries/exception";
import { exceptionsList } from "@/lib/queries/exceptions-list";
import { importPreview } from "@/lib/queries/import-preview";
import { importsList } from "@/lib/queries/imports-list";
import { judgingMoves } from "@/lib/queries/judging-moves";
import { judgingProgress } from "@/lib/queries/judging-progress";
import { learningsList } from "@/lib/queries/learnings-list";
import { lensDeals } from "@/lib/queries/lens-deals";
import { lensTable } from "@/lib/queries/lens-table";
import { mappingsList } from "@/lib/queries/mappings-list";
import { me } from "@/lib/queries/me";
import { meeting } from "@/lib/queries/meeting";
import { numbers } from "@/lib/queries/numbers";
import { ownersList } from "@/lib/queries/owners-list";
import { partnersList } from "@/lib/queries/partners-list";
import { peopleList } from "@/lib/queries/people-list";
import { policiesList } from "@/lib/queries/policies-list";
import { policy } from "@/lib/queries/policy";
import { preview } from "@/lib/queries/preview";
import { proofCheck } from "@/lib/queries/proof-check";
import { quartersList } from "@/lib/queries/quarters-list";
import type { Query } from "@/lib/queries/query";
import { restatements } from "@/lib/queries/restatements";
import { review } from "@/lib/queries/review";
import { why } from "@/lib/queries/why";

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
