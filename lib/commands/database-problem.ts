import { isRefusal, Refusal } from "@/lib/errors";

/** What the driver tells of a statement that the database refused. */
interface DatabaseFault {
  code: string;
  message: string;
  constraint_name?: string;
  column_name?: string;
}

/** The field and the rule behind each constraint that a person's input can meet past the parsers. */
const RULES: Readonly<Record<string, { field: string; rule: string }>> = {
  activities_proof: { field: "proof", rule: "a proof is an http(s) link or a note: reference" },
  activities_not_in_future: { field: "occurredOn", rule: "must not be after the day it was recorded" },
  activities_due_needs_step: { field: "nextStepDueOn", rule: "a due day needs a next step to be due" },
  role_rows_once: { field: "role", rule: "the partner holds this role on the deal already" },
  role_rows_touched_before_recorded: {
    field: "touchedOn",
    rule: "must not be after the day it was recorded",
  },
  users_email_unique: { field: "email", rule: "somebody with this address has access already" },
  users_owner_name_unique: { field: "ownerName", rule: "somebody else owns the deals of this name" },
  deals_closed_iff_closed_on: {
    field: "closedOn",
    rule: "a deal has a close day when it is won or lost, and only then",
  },
  deals_pkey: { field: "id", rule: "a deal with this id exists already" },
  partners_pkey: { field: "id", rule: "a partner with this id exists already" },
  mappings_name: { field: "name", rule: "a mapping with this name exists already" },
};

/** The field that a guard's code is about, where it is one of the input (db/migrations, policies). */
const FIELD_OF_CODE: Readonly<Record<string, string>> = { CS203: "activeFrom", CS204: "activeFrom" };

function faultOf(error: unknown): DatabaseFault | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return at as unknown as DatabaseFault;
  }
  return null;
}

/**
 * A refusal by the database as field, value and rule, or the error itself when it is no refusal:
 * constraints (class 23) and the guards' own codes (class CS, db/migrations).
 */
export function refusalOf(error: unknown): unknown {
  if (isRefusal(error)) return error;
  const fault = faultOf(error);
  if (!fault || !/^(23|CS)/.test(fault.code)) return error;
  const known = RULES[fault.constraint_name ?? ""];
  return new Refusal({
    code: "invalid",
    field: known?.field ?? FIELD_OF_CODE[fault.code] ?? fault.column_name ?? "",
    value: null,
    // The guards' messages are written for people; a bare constraint is at least named.
    rule:
      known?.rule ??
      (fault.code.startsWith("CS") ? fault.message : `the database refused it: ${fault.message}`),
  });
}
