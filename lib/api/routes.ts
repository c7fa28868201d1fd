/** The questions whose input travels in the address; every other call is a POST with its input as body. */
export const IN_ADDRESS = [
  "account",
  "account-record",
  "accounts-list",
  "activity-menu",
  "api-keys-list",
  "audit-head",
  "audit-log",
  "audit-proof",
  "audit-room",
  "audit-verdict",
  "colleagues",
  "compensation-certificate",
  "compensation-plans",
  "compensation-statement",
  "connection",
  "connections-list",
  "costs-and-rates",
  "deal",
  "deal-velocity",
  "deals-list",
  "deals-totals",
  "deputies",
  "evidence-model",
  "evidence-original",
  "evidence-waiting",
  "exception",
  "exceptions-list",
  "first-steps",
  "fiscal-change",
  "forecast",
  "forecast-moves",
  "forecast-replay",
  "forecast-weeks",
  "gate-deal",
  "imports-list",
  "inbox",
  "inbox-count",
  "inbox-trend",
  "jobs-list",
  "judging-moves",
  "judging-progress",
  "kept-file",
  "learnings-list",
  "lens-deals",
  "lens-table",
  "lift",
  "lift-deals",
  "lift-stages",
  "like-exceptions",
  "mappings-list",
  "me",
  "meeting",
  "metrics-catalogue",
  "motion-patterns",
  "moved",
  "note",
  "notice-choices",
  "notice-ways",
  "notices-list",
  "numbers",
  "observations",
  "owners-list",
  "panel-link",
  "partner",
  "partner-activities",
  "partner-motion",
  "partner-programs",
  "partner-statement",
  "partner-statements",
  "partners-in-motion",
  "partners-list",
  "people-list",
  "policies-list",
  "policy",
  "policy-certificate",
  "proof-check",
  "quarters-list",
  "ranked-activities",
  "ranking",
  "reconciliation",
  "registration",
  "registrations-list",
  "response-times",
  "restatements",
  "review",
  "review-cases",
  "saved-views-list",
  "selling-plays",
  "settling-clauses",
  "sign-on",
  "tagging",
  "targets",
  "unmapped-values",
  "webhooks-list",
  "why",
] as const;

/** `deals-list` as the typed client calls it: `dealsList`. */
export type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Rest}`
  ? `${Head}${Capitalize<CamelCase<Rest>>}`
  : Name;

export function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The name of a call in the client as that of its query or verb. */
export function nameOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

interface Route {
  "~orpc": { errorMap: object; meta: object; route: { method: "GET" | "POST"; path: `/${string}` } };
}

function routeOf(key: string): Route {
  const name = nameOf(key);
  const method = (IN_ADDRESS as readonly string[]).includes(name) ? "GET" : "POST";
  return { "~orpc": { errorMap: {}, meta: {}, route: { method, path: `/${name}` } } };
}

/**
 * The contract as the browser needs it: of each call the method and the path, which its name says. So the
 * browser carries neither schemas nor a list of verbs; the compiler knows which calls there are.
 */
export const routes: Record<string, Route> = new Proxy({} as Record<string, Route>, {
  get: (_, key) => (typeof key === "string" && /^[a-zA-Z]+$/.test(key) ? routeOf(key) : undefined),
});
