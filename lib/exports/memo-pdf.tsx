import { Document, Page, renderToBuffer, StyleSheet, Text, View } from "@react-pdf/renderer";
import type { Memo, PictureCell } from "../attribution/memo";
import { SCALES, scaleOf } from "../attribution/memo-page";
import { printedAll } from "../text/printable";
import { FONTS, openFonts } from "./fonts";
import { INK, INK_2, INK_3, LINE_STRONG, OUTCOME_COLOURS } from "./palette";

/** What stands on the memo beside its text. */
export interface MemoPdfInput {
  memo: Memo;
  company: string;
  /** SHA-256 over the canonical JSON, 64 hexadecimal digits. */
  hash: string;
  /** Where it stands, in words: `Draft, not binding`. */
  state: string;
  /** One a seat that has signed; `on` is a day in words. */
  signatures: readonly { seat: string; name: string; on: string }[];
}

/**
 * The memo as a PDF of one A4 page, from the memo structure that the screen shows. Source: domain.md §3, "the memo
 * that people sign is one page". A draft may be longer: it says so, runs on, and cannot be proposed (memo-page.ts).
 */
export async function memoPdf(given: MemoPdfInput): Promise<Buffer> {
  const input = printedAll(given).document;
  await openFonts();
  // Reckoned first, then held to what came out.
  const largest = scaleOf(input.memo);
  for (const scale of SCALES.filter((one) => one <= largest)) {
    let pages = 0;
    const counted = <MemoDocument {...input} scale={scale} onPages={(total) => (pages = total)} />;
    const pdf = await renderToBuffer(counted);
    if (pages === 1) return pdf;
  }
  const state = `${input.state}, too long for its one page`;
  return renderToBuffer(<MemoDocument {...input} state={state} scale={SCALES.at(-1)!} onPages={() => {}} />);
}

const styles = StyleSheet.create({
  page: {
    paddingVertical: 28,
    paddingHorizontal: 36,
    fontFamily: FONTS,
    fontSize: 7,
    lineHeight: 1.28,
    color: INK,
  },
  head: {
    flexDirection: "row",
    justifyContent: "space-between",
    alignItems: "flex-end",
    borderBottomWidth: 1.5,
    borderBottomColor: INK,
    paddingBottom: 5,
  },
  title: { fontWeight: 600, fontSize: 15, lineHeight: 1.2 },
  faint: { color: INK_3 },
  quiet: { color: INK_2 },
  bold: { fontWeight: 600 },
  section: { marginTop: 7 },
  sectionTitle: {
    fontWeight: 600,
    fontSize: 8.5,
    borderBottomWidth: 0.5,
    borderBottomColor: LINE_STRONG,
    paddingBottom: 1.5,
    marginBottom: 2,
  },
  clause: { flexDirection: "row", marginBottom: 1.2 },
  clauseName: { width: 92, fontWeight: 600, paddingRight: 6 },
  clauseText: { flex: 1, color: INK_2 },
  columns: { flexDirection: "row", gap: 14 },
  column: { flex: 1 },
  cellHead: {
    flexGrow: 1,
    borderWidth: 0.5,
    borderColor: LINE_STRONG,
    marginLeft: -0.5,
    paddingHorizontal: 3,
    paddingVertical: 1.5,
    fontSize: 6.5,
  },
  cell: { flex: 1, height: 8, marginHorizontal: 0.75, borderRadius: 1 },
});

interface Laid extends MemoPdfInput {
  scale: number;
  onPages(total: number): void;
}

function MemoDocument({ memo, company, hash, state, signatures, scale, onPages }: Laid) {
  const [buckets, roleTable, stageRules, activities, edgeCases] = memo.sections;
  return (
    <Document title={`Partner attribution memo: ${memo.title}`} author={company} subject={`SHA-256 ${hash}`}>
      <Page size="A4" style={[styles.page, { fontSize: 7 * scale }]}>
        <View style={styles.head}>
          <View>
            <Text style={styles.faint}>{company}: partner attribution memo</Text>
            <Text style={styles.title}>{memo.title}</Text>
            <Text style={styles.quiet}>{memo.subtitle}</Text>
          </View>
          <View style={{ alignItems: "flex-end" }}>
            <Text>{state}</Text>
            <Text style={styles.faint}>{hash.slice(0, 12)}</Text>
          </View>
        </View>
        <Section section={buckets} />
        <Section section={roleTable}>
          <View style={{ flexDirection: "row", marginVertical: 2.5, marginLeft: 0.5 }}>
            {memo.roleTable.columns.map((column) => (
              <Text key={column} style={styles.cellHead}>
                {column}
              </Text>
            ))}
          </View>
          <Definitions
            entries={memo.roleTable.roles.map(({ role, ...words }) => ({ key: role, ...words }))}
          />
        </Section>
        <Section section={stageRules}>
          <Picture picture={memo.picture} />
        </Section>
        <Section section={activities}>
          <Text style={[styles.faint, { marginTop: 2 }]}>Named motions</Text>
          <Definitions
            entries={memo.activities.motions.map(({ type, ...words }) => ({ key: type, ...words }))}
          />
          <Text style={[styles.faint, { marginTop: 2 }]}>Other activities</Text>
          <Definitions
            entries={memo.activities.others.map(({ type, ...words }) => ({ key: type, ...words }))}
          />
        </Section>
        <Section section={edgeCases}>
          {memo.programs.length > 0 && <Text style={[styles.faint, { marginTop: 2 }]}>Programs</Text>}
          <Definitions entries={memo.programs.map(({ program, ...words }) => ({ key: program, ...words }))} />
        </Section>
        <Signatories signatories={memo.signatories} signatures={signatures} />
        <Text style={[styles.faint, { marginTop: 8, fontSize: 6 }]}>
          SHA-256 of this memo as canonical JSON: {hash}
        </Text>
        <Text
          fixed
          style={{ position: "absolute", bottom: 0, fontSize: 1 }}
          render={({ totalPages }) => {
            if (totalPages) onPages(totalPages);
            return "";
          }}
        />
      </Page>
    </Document>
  );
}

/** Who signs, each on a line of their own, signed or not. */
function Signatories({
  signatories,
  signatures,
}: Pick<Memo, "signatories"> & Pick<MemoPdfInput, "signatures">) {
  return (
    <View style={[styles.columns, { marginTop: 14 }]}>
      {signatories.map(({ seat, title }) => {
        const signature = signatures.find((one) => one.seat === seat);
        return (
          <View key={seat} style={styles.column}>
            <Text
              style={[
                styles.bold,
                { fontSize: 9, borderBottomWidth: 0.75, borderBottomColor: INK, minHeight: 15 },
              ]}
            >
              {signature?.name ?? " "}
            </Text>
            <Text style={{ marginTop: 2 }}>{title}</Text>
            <Text style={styles.faint}>{signature ? `Signed ${signature.on}` : "Not signed"}</Text>
          </View>
        );
      })}
    </View>
  );
}

function Section({
  section,
  children,
}: {
  section: Memo["sections"][number] | undefined;
  children?: React.ReactNode;
}) {
  if (!section) return null;
  return (
    <View style={styles.section}>
      <Text style={styles.sectionTitle}>{section.title}</Text>
      {section.clauses.map(({ clause, name, text }) => (
        <View key={clause} style={styles.clause}>
          <Text style={styles.clauseName}>{name}</Text>
          <Text style={styles.clauseText}>{text}</Text>
        </View>
      ))}
      {children}
    </View>
  );
}

interface Definition {
  key: string;
  label: string;
  definition: string;
}

/** Words with their definitions in two columns, read down the first and then down the second. */
function Definitions({ entries }: { entries: readonly Definition[] }) {
  const half = Math.ceil(entries.length / 2);
  return (
    <View style={styles.columns}>
      {[entries.slice(0, half), entries.slice(half)].map((column, at) => (
        <View key={at === 0 ? "first" : "second"} style={styles.column}>
          {column.map(({ key, label, definition }) => (
            <Text key={key} style={{ marginBottom: 0.8 }}>
              <Text style={styles.bold}>{label}. </Text>
              <Text style={styles.quiet}>{definition}</Text>
            </Text>
          ))}
        </View>
      ))}
    </View>
  );
}

function Picture({ picture }: { picture: Memo["picture"] }) {
  const hasDirect = picture.rows.some(({ cells }) => cells.includes("direct"));
  return (
    <View style={{ marginTop: 3 }}>
      <View style={{ flexDirection: "row" }}>
        <View style={{ width: 190 }} />
        {picture.stages.map(({ stage }) => (
          <Text key={stage} style={[styles.faint, { flex: 1, textAlign: "center" }]}>
            {stage}
          </Text>
        ))}
      </View>
      {picture.rows.map(({ outcome, label, by, cells }) => (
        <View key={outcome} style={{ flexDirection: "row", alignItems: "center", marginBottom: 2 }}>
          <Text style={{ width: 190 }}>
            <Text style={[styles.bold, { color: OUTCOME_COLOURS[outcome] }]}>{label}</Text>
            <Text style={styles.faint}> by {by}</Text>
          </Text>
          {cells.map((cell, stage) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its stage, which is its index
            <View key={stage} style={[styles.cell, cellLook(cell, OUTCOME_COLOURS[outcome])]} />
          ))}
        </View>
      ))}
      <Text style={[styles.faint, { fontSize: 6.3, marginTop: 1 }]}>
        {picture.stages.map(({ stage, label }) => `${stage} ${label}`).join(" · ")}
        {hasDirect ? ". Outlined: with direct involvement only" : ""}.
      </Text>
    </View>
  );
}

function cellLook(cell: PictureCell, colour: string) {
  if (cell === "yes") return { backgroundColor: colour };
  return cell === "no" ? { backgroundColor: "#f1f1ed" } : { borderWidth: 1.2, borderColor: colour };
}
