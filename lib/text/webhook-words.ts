/** What other systems are told of as it is committed, by outgoing webhooks. */
export const WEBHOOK_EVENTS = [
  "outcome.changed",
  "exception.raised",
  "exception.settled",
  "quarter.frozen",
  "policy.activated",
  "registration.decided",
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** When each is sent. */
export const WEBHOOK_EVENT_WORDS: Readonly<Record<WebhookEvent, string>> = {
  "outcome.changed": "A deal’s outcome or evidence is another",
  "exception.raised": "A case is raised, or found by judging",
  "exception.settled": "A case is decided, put right or withdrawn",
  "quarter.frozen": "A quarter is frozen",
  "policy.activated": "The third signature brings a policy into force",
  "registration.decided": "A registration is approved, rejected or over",
};

export const WEBHOOK_STATES = ["waiting", "sent", "failed"] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];
