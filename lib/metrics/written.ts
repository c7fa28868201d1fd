import type { Term } from "./definition";
import type { Value } from "./value";

export const money = (name: string, value: Value): Term => ({ name, unit: "money", value });
export const deals = (name: string, value: number): Term => ({ name, unit: "deals", value });
export const share = (name: string, value: Value): Term => ({ name, unit: "share", value });
export const days = (name: string, value: Value): Term => ({ name, unit: "days", value });
export const perUnit = (name: string, value: Value): Term => ({ name, unit: "perUnit", value });
