import type { QueryClient } from "@tanstack/react-query";
import type { Outputs, Writes } from "@/lib/api/client";

/** The calls that only read, by their names in the client. */
export type Reads = Exclude<keyof Outputs, Writes | "backtest" | "rehearse">;

/** What is there to fix this week moves with nearly every fact. */
const INBOX = ["inbox", "inboxCount"] as const satisfies readonly Reads[];
/** Every write stands in the log. */
const LOG = ["auditLog", "auditHead", "auditProof", "auditVerdict"] as const satisfies readonly Reads[];
const CASES = [
  ...[
    "exceptionsList",
    "exception",
    "likeExceptions",
    "deputies",
    "review",
    "reviewCases",
    "meeting",
    "quartersList",
    "learningsList",
  ],
  ...INBOX,
] as const satisfies readonly Reads[];
/** The pages of partners, accounts and registrations. */
const RECORDS = [
  ...["partnersInMotion", "partner", "partnerMotion", "partnerActivities", "tagging", "sellingPlays"],
  "responseTimes",
  ...["accountsList", "accountRecord"],
  ...["registrationsList", "registration"],
] as const satisfies readonly Reads[];
/** What judging one deal may move. */
const DEALS = [
  ...[
    "deal",
    "dealVelocity",
    "motionPatterns",
    "why",
    "dealsList",
    "dealsTotals",
    "ownersList",
    "numbers",
    "lensTable",
    "lensDeals",
    "lift",
    "liftStages",
    "liftDeals",
    "moved",
    "ranking",
    "rankedActivities",
    "restatements",
  ],
  ...CASES,
  ...RECORDS,
  ...["reconciliation", "forecast", "forecastMoves", "forecastReplay", "targets"],
] as const satisfies readonly Reads[];
const COMPENSATION = ["compensationPlans", "compensationStatement"] as const;
const FORECAST = ["forecast", "forecastWeeks", "forecastMoves", "forecastReplay"] as const;
const STEPS = [
  ...FORECAST,
  "deal",
  "partner",
  "partnerMotion",
  "partnersInMotion",
  "partnerActivities",
  "sellingPlays",
  ...INBOX,
] as const;
const PARTNERS = ["partnersList", "partnerStatement", ...DEALS] as const;
const PROGRAMS = ["partnerPrograms", ...PARTNERS] as const;
const POLICY = [
  ...["policy", "policiesList", "activityMenu", "judgingProgress", "judgingMoves", "backtestDeals"],
  ...["adversary", "settlingClauses", "learningsList", "me"],
] as const satisfies readonly Reads[];
const PEOPLE = ["peopleList", "colleagues", "me", ...PROGRAMS] as const;
const MONEY = [
  "costsAndRates",
  "forecast",
  "forecastMoves",
  "numbers",
  "lift",
  "liftStages",
  "liftDeals",
  "moved",
  "ranking",
  "lensTable",
  "review",
  "reviewCases",
  "restatements",
] as const;
const REVIEW = ["review", "reviewCases", "meeting", "quartersList", "restatements"] as const;
const CONNECTIONS = ["connectionsList", "connection"] as const;
const ALL = [
  ...new Set([
    ...PEOPLE,
    ...POLICY,
    ...MONEY,
    "importsList",
    "mappingsList",
    "unmappedValues",
    "firstSteps",
    "evidenceWaiting",
  ] as const),
] as const;

/** What each write makes stale besides the log: nothing else is asked for again. A new write says so here. */
export const STALE: Readonly<Record<Writes, readonly Reads[]>> = {
  createDeal: DEALS,
  editDeal: DEALS,
  moveStage: DEALS,
  closeDeal: DEALS,
  recordReceipt: ["deal", "reconciliation"],
  deleteDeal: DEALS,
  confirmNoPartner: DEALS,
  confirmNoPartners: DEALS,
  tagPartner: PARTNERS,
  tagPartners: PARTNERS,
  confirmRole: DEALS,
  refuseRole: DEALS,
  editRole: DEALS,
  withdrawRole: PARTNERS,
  keepNote: [],
  keepFile: ["note"],
  logActivity: PARTNERS,
  editActivity: DEALS,
  vouchActivity: DEALS,
  withdrawActivity: PARTNERS,
  dropEvidence: ["evidenceWaiting"],
  acceptProposal: ["evidenceWaiting", "note", ...PARTNERS],
  dismissProposal: ["evidenceWaiting"],
  addJointStep: STEPS,
  editJointStep: STEPS,
  finishJointStep: STEPS,
  withdrawJointStep: STEPS,
  startPlay: STEPS,
  decidePlay: ["sellingPlays", ...INBOX],
  withdrawPlay: STEPS,
  proposeCorrection: ["deal"],
  acceptCorrection: DEALS,
  declineCorrection: ["deal"],
  withdrawCorrection: ["deal"],
  submitRegistration: PARTNERS,
  decideRegistration: DEALS,
  extendRegistration: ["deal", ...RECORDS],
  matchRegistration: PARTNERS,
  createAccount: ["accountsList"],
  editAccount: DEALS,
  enterAccount: RECORDS,
  leaveAccount: RECORDS,
  createPartner: ["partnersList", "partnerPrograms", ...RECORDS],
  createContact: ["partner"],
  editContact: ["partner"],
  removeContact: ["partner"],
  editPartner: PROGRAMS,
  mergePartners: PROGRAMS,
  shareStatement: ["partnerStatements"],
  revokeStatement: ["partnerStatements"],
  grantProgram: PROGRAMS,
  endProgram: PROGRAMS,
  answerIntroduction: ["responseTimes", ...INBOX],
  loopBack: ["responseTimes", ...INBOX],
  snoozeItem: INBOX,
  delegateItem: INBOX,
  saveView: ["savedViewsList"],
  editView: ["savedViewsList"],
  removeView: ["savedViewsList"],
  chooseNotice: ["noticeChoices"],
  resendNotice: ["noticesList"],
  addChatChannel: ["noticeWays", "noticeChoices"],
  removeChatChannel: ["noticeWays", "noticeChoices"],
  createConnection: ["connectionsList"],
  editConnection: CONNECTIONS,
  askConnection: ["connectionsList", "connection"],
  acceptConnection: [...CONNECTIONS, ...DEALS],
  settleDifference: [...CONNECTIONS, ...DEALS],
  runJob: ["jobsList"],
  undo: ALL,
  recordCost: MONEY,
  sayNoCost: ["review", "costsAndRates"],
  copyCosts: MONEY,
  shareCost: ["costsAndRates"],
  recordRate: MONEY,
  draftCompensationPlan: COMPENSATION,
  withdrawCompensationPlan: COMPENSATION,
  viewCompensationPlan: ["compensationCertificate"],
  signCompensationPlan: ["tagging", ...COMPENSATION],
  payCompensation: COMPENSATION,
  setTarget: ["targets"],
  setStageProbabilities: FORECAST,
  takeForecastSnapshot: FORECAST,
  signForecast: FORECAST,
  importBatch: ALL,
  acceptImport: ["importsList", ...DEALS],
  takeBackImport: ALL,
  saveMapping: ["mappingsList"],
  createUser: PEOPLE,
  editUser: PEOPLE,
  erasePerson: ALL,
  holdPerson: ["peopleList", "partner"],
  issueLink: ["peopleList"],
  editSignOn: ["signOn"],
  switchOffLeavers: PEOPLE,
  assignIdentity: ["signOn", "account"],
  dropIdentity: ["signOn", "account"],
  beginLink: [],
  beginPasskey: [],
  registerPasskey: ["account", "me"],
  removePasskey: ["account", "me"],
  beginSignature: [],
  changePassword: ["account", "peopleList", "me"],
  addWebhook: ["webhooksList"],
  editWebhook: ["webhooksList"],
  removeWebhook: ["webhooksList"],
  resendWebhook: ["webhooksList"],
  createApiKey: ["apiKeysList"],
  revokeApiKey: ["apiKeysList"],
  endSessions: ["account", "peopleList", "me"],
  editSettings: ALL,
  beginDemo: ALL,
  removeDemo: ALL,
  startDraft: POLICY,
  editDraft: POLICY,
  discardDraft: POLICY,
  proposePolicy: POLICY,
  declinePolicy: POLICY,
  withdrawPolicy: POLICY,
  signPolicy: ALL,
  keepBacktest: POLICY,
  recordLearning: POLICY,
  raiseException: DEALS,
  commentException: CASES,
  assignException: CASES,
  deferException: CASES,
  decideException: DEALS,
  decideExceptions: DEALS,
  assignExceptions: CASES,
  deferExceptions: CASES,
  withdrawException: DEALS,
  nameDeputy: CASES,
  startReview: REVIEW,
  driveReview: REVIEW,
  writeReview: REVIEW,
  prepareFreeze: ["review"],
  freezeQuarter: ALL,
  proposeRestatement: ["restatements"],
  acceptRestatement: ALL,
  declineRestatement: ["restatements"],
  viewPolicy: ["policyCertificate"],
  drawSample: ["auditRoom"],
  tickSampledDeal: ["auditRoom"],
  signOffSample: ["auditRoom"],
  reconcileDeal: ["reconciliation", "deal"],
  lockMonth: ["reconciliation"],
  unlockMonth: ["reconciliation"],
};

const isOneOf =
  (reads: readonly string[]) =>
  ({ queryKey }: { queryKey: readonly unknown[] }) =>
    reads.includes((queryKey[0] as readonly string[])[0]!);

/** Whether a kept answer is one that this write makes stale. */
export const isMadeStaleBy = (write: Writes) => isOneOf([...STALE[write], ...LOG]);

/** Asks again for what a write made stale and a page shows; the rest when it is looked at next. */
export function makeStale(queries: QueryClient, write: Writes): Promise<void> {
  return queries.invalidateQueries({ predicate: isMadeStaleBy(write) });
}
