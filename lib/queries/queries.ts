import { account } from "./account/account";
import { apiKeysList } from "./api-key/api-keys-list";
import { auditHead } from "./audit/audit-head";
import { auditLog } from "./audit/audit-log";
import { auditProof } from "./audit/audit-proof";
import { auditRoom } from "./audit/audit-room";
import { auditVerdict } from "./audit/audit-verdict";
import { colleagues } from "./company/colleagues";
import { costsAndRates } from "./company/costs-and-rates";
import { firstSteps } from "./company/first-steps";
import { fiscalChange } from "./company/fiscal-change";
import { me } from "./company/me";
import { metricsCatalogue } from "./company/metrics-catalogue";
import { peopleList } from "./company/people-list";
import { compensationCertificate } from "./compensation/compensation-certificate";
import { compensationPlans } from "./compensation/compensation-plans";
import { compensationStatement } from "./compensation/compensation-statement";
import { connection } from "./connection/connection";
import { connectionsList } from "./connection/connections-list";
import { accountRecord } from "./customer/account-record";
import { accountsList } from "./customer/accounts-list";
import { deal } from "./deal/deal";
import { dealVelocity } from "./deal/deal-velocity";
import { gateDeal } from "./deal/gate-deal";
import { keptFile } from "./deal/kept-file";
import { note } from "./deal/note";
import { panelLink } from "./deal/panel-link";
import { proofCheck } from "./deal/proof-check";
import { tagging } from "./deal/tagging";
import { why } from "./deal/why";
import { dealsList } from "./deals/deals-list";
import { dealsTotals } from "./deals/deals-totals";
import { ownersList } from "./deals/owners-list";
import { evidenceModel } from "./evidence/evidence-model";
import { evidenceOriginal } from "./evidence/evidence-original";
import { evidenceWaiting } from "./evidence/evidence-waiting";
import { observations } from "./evidence/observations";
import { deputies } from "./exception/deputies";
import { exception } from "./exception/exception";
import { exceptionsList } from "./exception/exceptions-list";
import { likeExceptions } from "./exception/like-exceptions";
import { forecast } from "./forecast/forecast";
import { forecastMoves } from "./forecast/forecast-moves";
import { forecastReplay } from "./forecast/forecast-replay";
import { forecastWeeks } from "./forecast/forecast-weeks";
import { importPreview } from "./import/import-preview";
import { importsList } from "./import/imports-list";
import { mappingsList } from "./import/mappings-list";
import { unmappedValues } from "./import/unmapped-values";
import { inbox } from "./inbox/inbox";
import { inboxCount } from "./inbox/inbox-count";
import { inboxTrend } from "./inbox/inbox-trend";
import { jobsList } from "./job/jobs-list";
import { lensDeals } from "./lens/lens-deals";
import { lensTable } from "./lens/lens-table";
import { noticeChoices } from "./notice/notice-choices";
import { noticeWays } from "./notice/notice-ways";
import { noticesList } from "./notice/notices-list";
import { lift } from "./numbers/lift";
import { liftDeals } from "./numbers/lift-deals";
import { liftStages } from "./numbers/lift-stages";
import { motionPatterns } from "./numbers/motion-patterns";
import { moved } from "./numbers/moved";
import { numbers } from "./numbers/numbers";
import { rankedActivities } from "./numbers/ranked-activities";
import { ranking } from "./numbers/ranking";
import { partner } from "./partner/partner";
import { partnerActivities } from "./partner/partner-activities";
import { partnerMotion } from "./partner/partner-motion";
import { partnerPrograms } from "./partner/partner-programs";
import { partnerStatement } from "./partner/partner-statement";
import { partnerStatements } from "./partner/partner-statements";
import { partnersInMotion } from "./partner/partners-in-motion";
import { partnersList } from "./partner/partners-list";
import { responseTimes } from "./partner/response-times";
import { sellingPlays } from "./partner/selling-plays";
import { activityMenu } from "./policy/activity-menu";
import { adversary } from "./policy/adversary";
import { backtestDeals } from "./policy/backtest-deals";
import { judgingMoves } from "./policy/judging-moves";
import { judgingProgress } from "./policy/judging-progress";
import { learningsList } from "./policy/learnings-list";
import { policiesList } from "./policy/policies-list";
import { policy } from "./policy/policy";
import { policyCertificate } from "./policy/policy-certificate";
import { settlingClausesOf } from "./policy/settling-clauses";
import { reconciliation } from "./reconciliation/reconciliation";
import { registration } from "./registration/registration";
import { registrationsList } from "./registration/registrations-list";
import { meeting } from "./review/meeting";
import { quartersList } from "./review/quarters-list";
import { restatements } from "./review/restatements";
import { review } from "./review/review";
import { reviewCases } from "./review/review-cases";
import { signOn } from "./sign-on/sign-on";
import { signOnCheck } from "./sign-on/sign-on-check";
import { targets } from "./target/targets";
import { savedViewsList } from "./view/saved-views-list";
import { webhooksList } from "./webhook/webhooks-list";

/** Every question that the API answers, by its name. A new one is its file and a line here. */
export const QUERIES = [
  me,
  account,
  dealsList,
  dealsTotals,
  deal,
  gateDeal,
  tagging,
  dealVelocity,
  why,
  moved,
  numbers,
  rankedActivities,
  ranking,
  lift,
  liftDeals,
  liftStages,
  motionPatterns,
  partnersList,
  partnersInMotion,
  partner,
  partnerActivities,
  partnerMotion,
  partnerPrograms,
  partnerStatement,
  partnerStatements,
  sellingPlays,
  responseTimes,
  accountsList,
  accountRecord,
  registrationsList,
  registration,
  inbox,
  inboxCount,
  inboxTrend,
  noticesList,
  noticeChoices,
  noticeWays,
  jobsList,
  connectionsList,
  connection,
  ownersList,
  savedViewsList,
  activityMenu,
  peopleList,
  apiKeysList,
  signOn,
  signOnCheck,
  webhooksList,
  colleagues,
  auditLog,
  auditHead,
  auditProof,
  auditVerdict,
  costsAndRates,
  metricsCatalogue,
  fiscalChange,
  firstSteps,
  importsList,
  importPreview,
  mappingsList,
  unmappedValues,
  note,
  panelLink,
  keptFile,
  proofCheck,
  evidenceWaiting,
  evidenceOriginal,
  evidenceModel,
  observations,
  policiesList,
  policy,
  learningsList,
  judgingProgress,
  judgingMoves,
  backtestDeals,
  adversary,
  settlingClausesOf,
  compensationCertificate,
  compensationPlans,
  compensationStatement,
  targets,
  forecast,
  forecastWeeks,
  forecastMoves,
  forecastReplay,
  lensTable,
  lensDeals,
  exceptionsList,
  deputies,
  exception,
  likeExceptions,
  auditRoom,
  policyCertificate,
  reconciliation,
  review,
  reviewCases,
  meeting,
  quartersList,
  restatements,
] as const;
