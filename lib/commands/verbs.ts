// Long: a line a verb, as one list.
import type { z } from "zod";
import { changePassword } from "./account/change-password";
import { endSessions } from "./account/end-sessions";
import { issueLink } from "./account/issue-link";
import { noteRefusal } from "./account/note-refusal";
import { refuseSignIn } from "./account/refuse-sign-in";
import { setPassword } from "./account/set-password";
import { signIn } from "./account/sign-in";
import { editActivity } from "./activity/edit-activity";
import { keepFile } from "./activity/keep-file";
import { keepNote } from "./activity/keep-note";
import { logActivity } from "./activity/log-activity";
import { vouchActivity } from "./activity/vouch-activity";
import { withdrawActivity } from "./activity/withdraw-activity";
import { createApiKey } from "./api-key/create-api-key";
import { revokeApiKey } from "./api-key/revoke-api-key";
import { beginDemo } from "./company/begin-demo";
import { createUser } from "./company/create-user";
import { editSettings } from "./company/edit-settings";
import { editUser } from "./company/edit-user";
import { removeDemo } from "./company/remove-demo";
import { draftCompensationPlan } from "./compensation/draft-compensation-plan";
import { payCompensation } from "./compensation/pay-compensation";
import { signCompensationPlan } from "./compensation/sign-compensation-plan";
import { viewCompensationPlan } from "./compensation/view-compensation-plan";
import { withdrawCompensationPlan } from "./compensation/withdraw-compensation-plan";
import { acceptConnection } from "./connection/accept-connection";
import { askConnection } from "./connection/ask-connection";
import { createConnection } from "./connection/create-connection";
import { editConnection } from "./connection/edit-connection";
import { settleDifference } from "./connection/settle-difference";
import { syncPage } from "./connection/sync-page";
import { acceptCorrection } from "./correction/accept-correction";
import { declineCorrection } from "./correction/decline-correction";
import { proposeCorrection } from "./correction/propose-correction";
import { withdrawCorrection } from "./correction/withdraw-correction";
import { createAccount } from "./customer/create-account";
import { editAccount } from "./customer/edit-account";
import { enterAccount } from "./customer/enter-account";
import { leaveAccount } from "./customer/leave-account";
import { closeDeal } from "./deal/close-deal";
import { confirmNoPartner } from "./deal/confirm-no-partner";
import { confirmNoPartners } from "./deal/confirm-no-partners";
import { createDeal } from "./deal/create-deal";
import { deleteDeal } from "./deal/delete-deal";
import { editDeal } from "./deal/edit-deal";
import { moveStage } from "./deal/move-stage";
import { recordReceipt } from "./deal/record-receipt";
import { erasePerson } from "./erasure/erase-person";
import { holdPerson } from "./erasure/hold-person";
import { acceptProposal } from "./evidence/accept-proposal";
import { dismissProposal } from "./evidence/dismiss-proposal";
import { dropEvidence } from "./evidence/drop-evidence";
import { keepModelReading } from "./evidence/keep-model-reading";
import { removeEvidenceModel } from "./evidence/remove-evidence-model";
import { setEvidenceModel } from "./evidence/set-evidence-model";
import { assignException } from "./exception/assign-exception";
import { assignExceptions } from "./exception/assign-exceptions";
import { commentException } from "./exception/comment-exception";
import { decideException } from "./exception/decide-exception";
import { decideExceptions } from "./exception/decide-exceptions";
import { deferException } from "./exception/defer-exception";
import { deferExceptions } from "./exception/defer-exceptions";
import { nameDeputy } from "./exception/name-deputy";
import { raiseException } from "./exception/raise-exception";
import { withdrawException } from "./exception/withdraw-exception";
import { copyCosts } from "./finance/copy-costs";
import { recordCost } from "./finance/record-cost";
import { recordRate } from "./finance/record-rate";
import { sayNoCost } from "./finance/say-no-cost";
import { shareCost } from "./finance/share-cost";
import { setStageProbabilities } from "./forecast/set-stage-probabilities";
import { signForecast } from "./forecast/sign-forecast";
import { takeForecastSnapshot } from "./forecast/take-forecast-snapshot";
import { acceptImport } from "./import/accept-import";
import { importBatch } from "./import/import-batch";
import { saveMapping } from "./import/save-mapping";
import { takeBackImport } from "./import/take-back-import";
import { delegateItem } from "./inbox/delegate-item";
import { snoozeItem } from "./inbox/snooze-item";
import { answerIntroduction } from "./introduction/answer-introduction";
import { loopBack } from "./introduction/loop-back";
import { runJob } from "./job/run-job";
import { addChatChannel } from "./notice/add-chat-channel";
import { chooseNotice } from "./notice/choose-notice";
import { removeChatChannel } from "./notice/remove-chat-channel";
import { resendNotice } from "./notice/resend-notice";
import { createContact } from "./partner/create-contact";
import { createPartner } from "./partner/create-partner";
import { editContact } from "./partner/edit-contact";
import { editPartner } from "./partner/edit-partner";
import { endProgram } from "./partner/end-program";
import { grantProgram } from "./partner/grant-program";
import { mergePartners } from "./partner/merge-partners";
import { removeContact } from "./partner/remove-contact";
import { beginPasskey } from "./passkey/begin-passkey";
import { beginSignature } from "./passkey/begin-signature";
import { registerPasskey } from "./passkey/register-passkey";
import { removePasskey } from "./passkey/remove-passkey";
import { decidePlay } from "./play/decide-play";
import { startPlay } from "./play/start-play";
import { withdrawPlay } from "./play/withdraw-play";
import { declinePolicy } from "./policy/decline-policy";
import { discardDraft } from "./policy/discard-draft";
import { editDraft } from "./policy/edit-draft";
import { keepBacktest } from "./policy/keep-backtest";
import { proposePolicy } from "./policy/propose-policy";
import { recordLearning } from "./policy/record-learning";
import { signPolicy } from "./policy/sign-policy";
import { startDraft } from "./policy/start-draft";
import { viewPolicy } from "./policy/view-policy";
import { withdrawPolicy } from "./policy/withdraw-policy";
import { lockMonth } from "./reconciliation/lock-month";
import { reconcileDeal } from "./reconciliation/reconcile-deal";
import { unlockMonth } from "./reconciliation/unlock-month";
import { decideRegistration } from "./registration/decide-registration";
import { extendRegistration } from "./registration/extend-registration";
import { matchRegistration } from "./registration/match-registration";
import { submitRegistration } from "./registration/submit-registration";
import { acceptRestatement } from "./review/accept-restatement";
import { declineRestatement } from "./review/decline-restatement";
import { driveReview } from "./review/drive-review";
import { freezeQuarter } from "./review/freeze-quarter";
import { prepareFreeze } from "./review/prepare-freeze";
import { proposeRestatement } from "./review/propose-restatement";
import { startReview } from "./review/start-review";
import { writeReview } from "./review/write-review";
import { confirmRole } from "./role/confirm-role";
import { editRole } from "./role/edit-role";
import { refuseRole } from "./role/refuse-role";
import { tagPartner } from "./role/tag-partner";
import { tagPartners } from "./role/tag-partners";
import { withdrawRole } from "./role/withdraw-role";
import { drawSample } from "./sample/draw-sample";
import { signOffSample } from "./sample/sign-off-sample";
import { tickSampledDeal } from "./sample/tick-sampled-deal";
import { assignIdentity } from "./sign-on/assign-identity";
import { beginLink } from "./sign-on/begin-link";
import { dropIdentity } from "./sign-on/drop-identity";
import { editSignOn } from "./sign-on/edit-sign-on";
import { linkIdentity } from "./sign-on/link-identity";
import { noteIdentity } from "./sign-on/note-identity";
import { provisionPerson } from "./sign-on/provision-person";
import { switchOffLeavers } from "./sign-on/switch-off-leavers";
import { answerLine } from "./statement/answer-line";
import { logByLink } from "./statement/log-by-link";
import { openStatement } from "./statement/open-statement";
import { revokeStatement } from "./statement/revoke-statement";
import { shareStatement } from "./statement/share-statement";
import { addJointStep } from "./step/add-joint-step";
import { editJointStep } from "./step/edit-joint-step";
import { finishJointStep } from "./step/finish-joint-step";
import { withdrawJointStep } from "./step/withdraw-joint-step";
import { setTarget } from "./target/set-target";
import { undo } from "./undo";
import type { Verb } from "./verb";
import { editView } from "./view/edit-view";
import { removeView } from "./view/remove-view";
import { saveView } from "./view/save-view";
import { addWebhook } from "./webhook/add-webhook";
import { editWebhook } from "./webhook/edit-webhook";
import { removeWebhook } from "./webhook/remove-webhook";
import { resendWebhook } from "./webhook/resend-webhook";

/** Every verb that the API takes; it has its name there. A new verb is its file and a line here. */
export const API_VERBS = [
  createDeal,
  editDeal,
  moveStage,
  closeDeal,
  recordReceipt,
  confirmNoPartner,
  confirmNoPartners,
  tagPartner,
  tagPartners,
  confirmRole,
  refuseRole,
  editRole,
  withdrawRole,
  keepNote,
  keepFile,
  logActivity,
  editActivity,
  vouchActivity,
  withdrawActivity,
  dropEvidence,
  setEvidenceModel,
  removeEvidenceModel,
  acceptProposal,
  dismissProposal,
  addJointStep,
  editJointStep,
  finishJointStep,
  withdrawJointStep,
  startPlay,
  decidePlay,
  withdrawPlay,
  createAccount,
  editAccount,
  enterAccount,
  leaveAccount,
  createPartner,
  editPartner,
  mergePartners,
  shareStatement,
  revokeStatement,
  createContact,
  editContact,
  removeContact,
  grantProgram,
  endProgram,
  proposeCorrection,
  acceptCorrection,
  declineCorrection,
  withdrawCorrection,
  submitRegistration,
  decideRegistration,
  extendRegistration,
  matchRegistration,
  recordCost,
  recordRate,
  sayNoCost,
  copyCosts,
  shareCost,
  draftCompensationPlan,
  withdrawCompensationPlan,
  signCompensationPlan,
  viewCompensationPlan,
  payCompensation,
  setTarget,
  setStageProbabilities,
  takeForecastSnapshot,
  signForecast,
  importBatch,
  acceptImport,
  takeBackImport,
  saveMapping,
  createUser,
  editUser,
  erasePerson,
  holdPerson,
  issueLink,
  changePassword,
  endSessions,
  editSignOn,
  switchOffLeavers,
  assignIdentity,
  dropIdentity,
  beginLink,
  beginPasskey,
  registerPasskey,
  removePasskey,
  beginSignature,
  createApiKey,
  revokeApiKey,
  editSettings,
  beginDemo,
  removeDemo,
  answerIntroduction,
  loopBack,
  snoozeItem,
  delegateItem,
  saveView,
  editView,
  removeView,
  chooseNotice,
  resendNotice,
  addChatChannel,
  removeChatChannel,
  addWebhook,
  editWebhook,
  removeWebhook,
  resendWebhook,
  createConnection,
  editConnection,
  askConnection,
  acceptConnection,
  settleDifference,
  runJob,
  undo,
  startDraft,
  editDraft,
  discardDraft,
  proposePolicy,
  viewPolicy,
  signPolicy,
  declinePolicy,
  withdrawPolicy,
  keepBacktest,
  recordLearning,
  raiseException,
  commentException,
  assignException,
  assignExceptions,
  decideException,
  decideExceptions,
  deferException,
  deferExceptions,
  withdrawException,
  nameDeputy,
  startReview,
  driveReview,
  writeReview,
  prepareFreeze,
  freezeQuarter,
  proposeRestatement,
  acceptRestatement,
  declineRestatement,
  drawSample,
  tickSampledDeal,
  signOffSample,
  deleteDeal,
  reconcileDeal,
  lockMonth,
  unlockMonth,
] as const;

/** Every verb: what can be done at all, and the closed list of audited actions. */
export const VERBS = [
  ...API_VERBS,
  ...[signIn, refuseSignIn, noteRefusal, setPassword],
  ...[noteIdentity, provisionPerson, linkIdentity],
  ...[openStatement, answerLine, logByLink],
  ...[syncPage, keepModelReading],
] as const;

/** A verb of the list, whatever it takes and answers. */
export type AnyVerb = Verb<z.ZodType, z.ZodType, Action>;

export type Action = (typeof VERBS)[number]["name"];
