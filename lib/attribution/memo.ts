import {
  CLAUSES,
  type Clause,
  clauseApplies,
  clauseName,
  clauseText,
  MEMO_SECTIONS,
  type MemoSection,
  sectionOf,
} from "./clauses";
import { type MenuEntry, menuOf } from "./menu";
import { rulesOf } from "./models";
import type { Policy, ProgramDefinition } from "./policy";
import { type Outcome, ROLES, type Role, STAGES, type Stage } from "./vocabulary";
import { MODEL_WORDS, OUTCOME_WORDS, programLabel, ROLE_WORDS, STAGE_WORDS } from "./words";

/** What a stage earns in a row of the picture: nothing, the outcome, or the outcome for direct involvement only. */
export type PictureCell = "no" | "yes" | "direct";

/** The one page that people sign, as a structure to lay out. Source: domain.md §3. */
export interface Memo {
  /** The model's name and what it is in a line. */
  title: string;
  subtitle: string;
  sections: {
    section: MemoSection;
    title: string;
    clauses: { clause: Clause; name: string; text: string }[];
  }[];
  /** The columns of the role table and the roles that its rows name. */
  roleTable: { columns: readonly string[]; roles: { role: Role; label: string; definition: string }[] };
  /** At which stage evidence earns which outcome, best first. */
  picture: {
    stages: { stage: Stage; label: string }[];
    rows: { outcome: Outcome; label: string; by: string; cells: PictureCell[] }[];
  };
  activities: { motions: MenuEntry[]; others: MenuEntry[] };
  programs: ProgramDefinition[];
  signatories: readonly { seat: string; title: string }[];
}

const SECTION_TITLES: Readonly<Record<MemoSection, string>> = {
  buckets: "Buckets",
  "role-table": "Role table",
  "stage-rules": "Stage rules",
  activities: "Activities",
  "edge-cases": "Edge cases",
};

const ROLE_COLUMNS = [
  "Partner",
  "Contact",
  "Role",
  "Stage touched",
  "Day",
  "Recorded by",
  "Confirmed by the AE",
];

const SIGNATORIES = [
  { seat: "cro", title: "Chief revenue officer" },
  { seat: "finance", title: "Chief financial officer" },
  { seat: "head_of_partnerships", title: "Head of partnerships" },
] as const;

/** The memo of a policy, from its document and nothing else: the same document gives the same page. */
export function memoOf(policy: Policy): Memo {
  const menu = menuOf(policy);
  const isMotion = ({ type }: MenuEntry) => policy.motions.includes(type);
  const { label, definition } = MODEL_WORDS[policy.model];
  return {
    title: label,
    subtitle: definition,
    sections: MEMO_SECTIONS.map((section) => ({
      section,
      title: SECTION_TITLES[section],
      clauses: CLAUSES.filter((clause) => sectionOf(clause) === section && clauseApplies(clause, policy)).map(
        (clause) => ({ clause, name: clauseName(clause), text: clauseText(clause, policy) }),
      ),
    })),
    roleTable: {
      columns: ROLE_COLUMNS,
      roles: ROLES.map((role) => ({ role, ...ROLE_WORDS[role] })),
    },
    picture: {
      stages: STAGES.map((stage) => ({ stage, label: STAGE_WORDS[stage].label })),
      rows: rulesOf(policy.model)
        .filter(({ needs, unless }) => needs.length > 0 && !unless?.(policy))
        .flatMap(({ outcome }) => pictureRow(outcome, policy) ?? []),
    },
    activities: { motions: menu.filter(isMotion), others: menu.filter((entry) => !isMotion(entry)) },
    programs: policy.programs.map(
      (program) =>
        policy.programDefinitions?.find((one) => one.program === program) ?? {
          program,
          label: programLabel(program),
          definition: "A program that stands for the origin of its partners' deals.",
        },
    ),
    signatories: SIGNATORIES,
  };
}

/** A row of the picture; null for what is earned by no evidence. Stages as in the tests of domain.md §4. */
function pictureRow(outcome: Outcome, policy: Policy): Memo["picture"]["rows"][number] | null {
  const { sourcedAtOrBefore, influencedBefore, model, postSale } = policy;
  const row = (by: string, cell: (stage: Stage) => PictureCell | boolean) => ({
    outcome,
    label: OUTCOME_WORDS[outcome].label,
    by,
    cells: STAGES.map((stage) => {
      const earned = cell(stage);
      return typeof earned === "string" ? earned : earned ? ("yes" as const) : ("no" as const);
    }),
  });
  switch (outcome) {
    case "sourced":
      return row("first touch", (stage) => stage <= sourcedAtOrBefore);
    case "co_sell":
      return row("documented activities", (stage) =>
        stage === 2 || stage === 3 ? "yes" : stage === 4 || stage === 5 ? "direct" : "no",
      );
    case "influenced":
      return model === "roi_buckets"
        ? row("documented activity", (stage) => stage <= 5)
        : row("named motion", (stage) => stage <= 5 && stage < influencedBefore);
    case "influence":
      return row("documented activity", (stage) => stage <= 5 || postSale === "influence");
    case "accelerated":
      return row("documented activity on a faster deal", (stage) => stage <= 5);
    case "assisted":
    case "assisted_close":
      return row("documented activity", (stage) => stage <= 5 && stage >= influencedBefore);
    default:
      return null;
  }
}
