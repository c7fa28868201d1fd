import { oneId } from "./ids";

/** The nine kinds of the interchange format, in the order in which they land. Source: imports.md. */
export const KINDS = [
  "accounts",
  "partners",
  "deals",
  "stage_history",
  "registrations",
  "roles",
  "activities",
  "costs",
  "rates",
] as const;
export type Kind = (typeof KINDS)[number];

/** Of what finance alone answers for (domain.md §9). */
export const FINANCE_KINDS: readonly Kind[] = ["costs", "rates"];

/** What a column holds; decides how a mapping reads a foreign cell. */
export type ColumnType = "text" | "day" | "money" | "number" | "choice";

export interface Column {
  name: string;
  type: ColumnType;
  /** An empty cell refuses the row. */
  required: boolean;
  /** A day that may have its time. */
  isTimed?: true;
}

const text = (name: string): Column => ({ name, type: "text", required: true });
const choice = (name: string): Column => ({ name, type: "choice", required: true });
const day = (name: string): Column => ({ name, type: "day", required: true });
const money = (name: string): Column => ({ name, type: "money", required: true });
const number = (name: string): Column => ({ name, type: "number", required: true });
const optional = (column: Column): Column => ({ ...column, required: false });

/** The columns of each kind, in the order of imports.md. */
export const COLUMNS: Readonly<Record<Kind, readonly Column[]>> = {
  accounts: [text("id"), text("name"), optional(text("domains"))],
  partners: [
    text("id"),
    text("name"),
    choice("kind"),
    optional(text("parent_id")),
    optional(text("programs")),
    optional(text("owner")),
    optional(text("contacts")),
    optional(text("accounts")),
  ],
  deals: [
    text("id"),
    optional(text("account")),
    text("owner"),
    money("amount"),
    text("currency"),
    choice("type"),
    choice("route"),
    day("created_on"),
    optional(day("closed_on")),
    choice("outcome"),
    optional(day("first_engaged_on")),
    optional(text("recreated_from")),
    optional(choice("stage")),
    { ...optional(day("stage_entered_on")), isTimed: true },
    optional(text("name")),
    optional(text("account_id")),
    optional(text("url")),
    optional(day("expected_close_on")),
    optional(number("probability")),
    optional(choice("forecast_category")),
    optional(text("next_step")),
    optional(text("gate_receipt")),
  ],
  stage_history: [text("deal_id"), choice("stage"), { ...day("entered_on"), isTimed: true }],
  registrations: [
    text("id"),
    optional(text("deal_id")),
    text("partner_id"),
    day("submitted_on"),
    optional(day("recorded_on")),
    choice("status"),
    optional(day("decided_on")),
    optional(text("reason")),
    optional(text("account")),
    optional(text("domain")),
  ],
  roles: [
    text("id"),
    text("deal_id"),
    text("partner_id"),
    choice("role"),
    choice("touch_stage"),
    day("touched_on"),
    day("recorded_on"),
    optional(day("confirmed_on")),
    optional(text("contact")),
  ],
  activities: [
    text("id"),
    text("deal_id"),
    text("partner_id"),
    choice("type"),
    choice("stage"),
    day("occurred_on"),
    day("recorded_on"),
    optional(text("proof")),
    choice("involvement"),
    optional(text("owner")),
    optional(text("next_step")),
    optional(day("next_step_due_on")),
  ],
  costs: [text("quarter"), choice("side"), text("category"), money("amount"), text("currency")],
  rates: [text("quarter"), text("currency"), number("rate")],
};

/** The column that a row is known by first. */
export const keyOf = (kind: Kind): string => COLUMNS[kind][0]?.name ?? "";

/** The columns that make a row's key; a row of a kind without them is known by its deal and its day. */
const KEYS: Readonly<Record<Kind, readonly string[] | null>> = {
  accounts: ["id"],
  partners: ["id"],
  deals: ["id"],
  stage_history: null,
  registrations: ["id"],
  roles: ["id"],
  activities: ["id"],
  costs: ["quarter", "side", "category", "currency"],
  rates: ["quarter", "currency"],
};

/** Refuses the rows whose key stands on an earlier line, so that no file contradicts itself. */
export class FirstLines {
  private readonly lines = new Map<string, number>();
  private readonly columns: readonly string[] | null;

  constructor(kind: Kind) {
    this.columns = KEYS[kind];
  }

  /** Why this row cannot stand, or null. Remembers it. Memory grows by the keys alone. */
  refusal({ line, values }: InterchangeRow): RefusedRow | null {
    if (!this.columns) return null;
    const parts = this.columns.map((name) => oneId(values[name]?.trim() ?? ""));
    if (parts.includes("")) return null;
    const key = parts.join("\u001f");
    const first = this.lines.get(key);
    if (first === undefined) {
      this.lines.set(key, line);
      return null;
    }
    const field = this.columns.length === 1 ? (this.columns[0] as string) : "";
    return { line, field, value: parts.join(" "), reason: `stands on line ${first} of this file already` };
  }
}

/** Which side of §7's metric 4 a cost belongs to. */
export const COST_SIDES = ["partner_program", "direct_sales"] as const;
export type CostSide = (typeof COST_SIDES)[number];

/** A row of the interchange format: the text of each column, by the column's name. */
export interface InterchangeRow {
  /** Line of the file, to come back with when the row is refused. */
  line: number;
  /** A column that is absent leaves what is stored as it is; an empty one says "none". */
  values: Readonly<Record<string, string>>;
}

/** A row that did not land, and why. Goes into `FILE.refused.csv` as it is. */
export interface RefusedRow {
  line: number;
  field: string;
  value: string;
  reason: string;
}
