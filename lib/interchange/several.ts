import { parseDomain } from "@/lib/attribution/field-rules";
import { cell, identity, type Values } from "./cells";
import { contactsIn } from "./contacts";
import { parseMembership, writeMembership } from "./programs";

/** Cells that hold several things, `;` between them; undefined is a column that the file does not have (imports.md). */

export function domains(values: Values): string[] | undefined {
  const text = cell(values, "domains");
  return text
    ?.split(";")
    .filter((one) => one.trim() !== "")
    .map((one) => parseDomain("domains", one));
}

export function programs(values: Values): string[] | undefined {
  const text = cell(values, "programs");
  if (text === undefined) return undefined;
  const written = text
    .split(";")
    .filter((one) => one.trim() !== "")
    .map((one) => writeMembership(parseMembership("programs", one)));
  return [...new Set(written)];
}

export function contacts(values: Values): string[] | undefined {
  const text = cell(values, "contacts");
  return text === undefined ? undefined : contactsIn("contacts", text);
}

export function accountIds(values: Values): string[] | undefined {
  return cell(values, "accounts")
    ?.split(";")
    .filter((one) => one.trim() !== "")
    .map((one) => identity({ accounts: one }, "accounts"));
}
