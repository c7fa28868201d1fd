import type { Guard } from "../guard";

/** Of any quarter: what is said of a frozen one changes nothing of its seal. */
export const maySayNoCost: Guard<unknown> = { may: "finance.edit" };

export const mayRecordCost: Guard<unknown> = { may: "finance.edit" };

export const mayRecordRate: Guard<unknown> = { may: "finance.edit" };
