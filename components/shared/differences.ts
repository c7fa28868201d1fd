import { timeInWords } from "@/components/ui/time";
import { formatMoney } from "@/lib/money";
import { dayInWords } from "@/lib/text/days";
import { capital, codeWords } from "@/lib/text/words";

export interface Difference {
  field: string;
  before: string | null;
  after: string | null;
}

/** What says nothing to a reader: keys and marks that every entry of its kind carries. */
const SILENT = ["id", "demo", "version", "dealId", "seq", "importId", "createdAt", "updatedAt"];

/**
 * The fields that differ between what stood and what stands, in words; null where there was, or is, nothing.
 * Amounts are told in their currency when the same record names it, times as a clock in `zone` shows them.
 */
export function differences(before: unknown, after: unknown, zone: string): Difference[] {
  const [was, is] = [recordOf(before), recordOf(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => !SILENT.includes(name),
  );
  return names.flatMap((name) => {
    const [from, to] = [said(name, was, zone), said(name, is, zone)];
    return from === to ? [] : [{ field: capital(codeWords(name)), before: from, after: to }];
  });
}

type Fields = Readonly<Record<string, unknown>>;

export const recordOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

function said(name: string, record: Fields, zone: string): string | null {
  const value = record[name];
  if (value === undefined || value === null || value === "") return null;
  if (name === "amount" && typeof value === "number" && typeof record.currency === "string")
    return formatMoney(value, record.currency);
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value))
    return timeInWords(value, zone);
  if (typeof value === "string")
    return /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? dayInWords(value)
      : value.replace(/^[a-z_]+$/, (code) => code.replaceAll("_", " "));
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.join(", ") || null;
  return JSON.stringify(value);
}
