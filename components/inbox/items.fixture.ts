import type { InboxItem } from "./item-words";

/** What stands of every item, as the server answers it; and items of three kinds, for tests. */
export const BASE = {
  deal: {
    ...{ id: "D-1", owner: "Maren Falk", state: "open", stage: 4, amount: 9_000_000, currency: "USD" },
    expectedCloseOn: null,
  },
  ...{ account: "Larkfield Foods", partner: { id: "P-1", name: "Northgate" } },
  ...{ owner: { id: "U-1", name: "Maren Falk" }, since: "2026-04-20", dueOn: null },
  ...{ given: null, snoozedUntil: null, mayGive: true },
} as const;
export const row = (subjectId: string, more: object = {}) =>
  ({
    ...{ ...BASE, kind: "row_waits", subjectId, role: "sourcer", recordedBy: "Pam Lind", would: "sourced" },
    may: { confirm: true, refuse: true },
    ...more,
  }) as InboxItem;
export const step = {
  ...BASE,
  kind: "step_overdue",
  subjectId: "S-1",
  what: "Meet",
  may: { finish: true },
} as InboxItem;
export const silent = {
  ...{ ...BASE, kind: "silent", subjectId: "D-1/P-1", lastOn: null, windowDays: 60 },
  may: { log: true, play: true },
} as InboxItem;
