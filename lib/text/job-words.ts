/** What each job does, for whoever looks after the house; by the name of its queue. */
export const JOB_WORDS: Readonly<Record<string, { label: string; does: string }>> = {
  "grow-audit-log": {
    label: "Audit log",
    does: "Takes what was written into the log's tree and signs its head, every few seconds.",
  },
  "verify-audit-log": { label: "Audit verification", does: "Verifies the whole audit log." },
  "witness-audit-head": {
    label: "Audit witness",
    does: "Has the head of the audit log kept where nobody here can change it.",
  },
  "judge-new-policy": {
    label: "New policy",
    does: "Judges the deals that a policy which came into force judges, until all are.",
  },
  "fold-tallies": {
    label: "Tallies",
    does: "Folds the differences of writes into the sums that numbers are made of.",
  },
  "keep-lenses": { label: "Lenses", does: "Looks at changed deals through the other models." },
  "tell-demo": { label: "Demo", does: "Tells the demo story where an admin asked for it." },
  "deliver-notices": { label: "Notices", does: "Sends the notices that are due." },
  "deliver-webhooks": { label: "Webhooks", does: "Tells other systems what is due." },
  "sync-connections": {
    label: "Connections",
    does: "Reads what is new in connected systems and writes back what was decided here.",
  },
  "read-by-model": {
    label: "Model's reading",
    does: "Has files that were handed in read by the model that the company named, where it named one.",
  },
  "write-digests": {
    label: "Monday's digest",
    does: "Writes each person's digest on the company's Monday morning.",
  },
  "write-weekly-notes": {
    label: "The week's numbers",
    does: "Writes the note of the four numbers, to whoever asked for it, on the company's Monday morning.",
  },
  "count-inbox": {
    label: "Inbox trend",
    does: "Counts what is left in the inbox, so that each week's last count stays.",
  },
  "forget-notices": { label: "Old notices", does: "Forgets what people were told when its days are over." },
  "forget-keys": {
    label: "Repeated writes",
    does: "Forgets the first answers to writes when their days are over.",
  },
  "forget-sign-ins": {
    label: "Old sign-ins",
    does: "Forgets tries with a password, sessions of long ago, and whence somebody signed in.",
  },
  "forget-originals": {
    label: "Old originals",
    does: "Forgets mails, calls and notes that were read long ago, once all that was read was answered.",
  },
  "take-forecast": { label: "Week's forecast", does: "Keeps the week's forecast when its time has come." },
};

const TIMED_OUT = "job failed by timeout in active state";

/** Why a turn failed, in plain words where the queue itself says it. */
export const failureWords = (said: string | null): string =>
  said === null
    ? "It failed without a word"
    : said === TIMED_OUT
      ? "It did not come to its end: the server that was at it stopped, or it took longer than it may"
      : said;
