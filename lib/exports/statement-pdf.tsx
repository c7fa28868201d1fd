import { Document, Page, renderToBuffer, StyleSheet, Text, View } from "@react-pdf/renderer";
import { type ToldFacts, toldFacts } from "../attribution/told-facts";
import type { Grade, Outcome } from "../attribution/vocabulary";
import { DEAL_OUTCOME_LABELS, GRADE_WORDS, OUTCOME_WORDS } from "../attribution/words";
import { formatMoney } from "../money";
import { dayInWords } from "../text/days";
import { printedAll } from "../text/printable";
import { count } from "../text/words";
import { FONTS, openFonts } from "./fonts";
import { INK, INK_2, INK_3, LINE_STRONG, OUTCOME_COLOURS } from "./palette";

interface Line extends ToldFacts {
  account: string | null;
  state: keyof typeof DEAL_OUTCOME_LABELS;
  createdOn: string;
  closedOn: string | null;
  amount: { amount: number; currency: string } | null;
  outcome: Outcome;
  evidence: Grade | null;
  why: string;
  missing: string | null;
  answer: { said: { as: "confirmed" | "contested"; on: string } | null } | null;
}

/** What a partner's page shows (lib/queries/partner/partner-statement.ts). */
export interface StatementPdfInput {
  company: string;
  partner: string;
  asOf: string;
  count: number;
  lines: readonly Line[];
}

const styles = StyleSheet.create({
  page: {
    paddingVertical: 40,
    paddingHorizontal: 44,
    fontFamily: FONTS,
    fontSize: 9,
    lineHeight: 1.4,
    color: INK,
  },
  title: { fontWeight: 600, fontSize: 17, lineHeight: 1.2 },
  quiet: { color: INK_2 },
  faint: { color: INK_3, fontSize: 8 },
  bold: { fontWeight: 600 },
  row: { flexDirection: "row", justifyContent: "space-between", gap: 12 },
  line: { borderTopWidth: 0.5, borderTopColor: LINE_STRONG, paddingVertical: 7 },
  foot: { position: "absolute", bottom: 20, left: 44, right: 44, color: INK_3, fontSize: 7 },
});

/** A partner's statement to keep: what its page shows, on as many A4 pages as it takes (domain.md §9). */
export async function statementPdf(given: StatementPdfInput): Promise<Buffer> {
  const { company, partner, asOf, count: deals, lines } = printedAll(given).document;
  await openFonts();
  const of = `${count(deals, "deal")} with ${company}, as of ${dayInWords(asOf)}`;
  return renderToBuffer(
    <Document title={`${partner}: statement of ${dayInWords(asOf)}`} author={company}>
      <Page size="A4" style={styles.page}>
        <Text style={styles.title}>{partner}</Text>
        <Text style={[styles.quiet, { marginBottom: 12 }]}>
          {of}
          {lines.length < deals ? `; the latest ${lines.length} are here` : ""}
        </Text>
        {lines.length === 0 && <Text style={styles.faint}>No deal yet.</Text>}
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: no id leaves the house, and the list stands still
          <DealLine key={at} line={line} />
        ))}
        <Text
          fixed
          style={styles.foot}
          render={({ pageNumber, totalPages }) => `${partner} · ${of} · ${pageNumber} of ${totalPages}`}
        />
      </Page>
    </Document>,
  );
}

function DealLine({ line }: { line: Line }) {
  const { account, state, closedOn, createdOn, amount, outcome, evidence, why, missing, answer } = line;
  const said = answer?.said;
  return (
    <View style={styles.line} wrap={false}>
      <View style={styles.row}>
        <Text style={styles.bold}>{account ?? "A deal without an account"}</Text>
        <Text>
          {amount ? `${formatMoney(amount.amount, amount.currency)}  ` : ""}
          <Text style={[styles.bold, { color: OUTCOME_COLOURS[outcome] }]}>
            {OUTCOME_WORDS[outcome].label}
          </Text>
          {evidence ? `, ${GRADE_WORDS[evidence].label.toLowerCase()}` : ""}
        </Text>
      </View>
      <Text style={styles.faint}>
        {DEAL_OUTCOME_LABELS[state]} · {closedOn ? dayInWords(closedOn) : `since ${dayInWords(createdOn)}`}
      </Text>
      <Text style={styles.quiet}>{why}</Text>
      {missing && <Text>{missing}</Text>}
      <Text style={styles.faint}>{toldFacts(line)}</Text>
      {said && (
        <Text style={styles.faint}>
          You {said.as} this on {dayInWords(said.on)}.
        </Text>
      )}
    </View>
  );
}
