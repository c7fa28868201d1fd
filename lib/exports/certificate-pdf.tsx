import { Document, Page, renderToBuffer, StyleSheet, Text, View } from "@react-pdf/renderer";
import { printedAll } from "../text/printable";
import { FONTS, openFonts } from "./fonts";
import { INK, INK_2, INK_3, LINE_STRONG } from "./palette";

/** What a certificate says (lib/queries/signing/certified.ts), of what, and whose it is. Instants are ISO 8601 in UTC. */
export interface CertificateInput {
  company: string;
  title: string;
  hash: string;
  /** When the text was there to be signed, and what that is called. */
  since: { label: string; at: string };
  /** What it does once all three have signed: `to judge from 1 June 2026`. */
  binds: string;
  complete: boolean;
  signatures: readonly {
    seatName: string;
    name: string;
    viewed: string | null;
    signed: string;
    method: keyof typeof METHODS;
    hash: string;
    entry: { id: string; request: string; place: number | null } | null;
    head: { size: number; root: string; at: string; kid: string } | null;
  }[];
}

const METHODS = {
  password: "with their own password, entered anew for this signature",
  passkey: "with a passkey of their own, bound to this text and seat",
} as const;

const styles = StyleSheet.create({
  page: {
    paddingVertical: 44,
    paddingHorizontal: 48,
    fontFamily: FONTS,
    fontSize: 9,
    lineHeight: 1.4,
    color: INK,
  },
  title: { fontWeight: 600, fontSize: 17, lineHeight: 1.2, marginBottom: 2 },
  quiet: { color: INK_2 },
  name: { fontWeight: 600, fontSize: 11 },
  signature: { borderTopWidth: 0.75, borderTopColor: LINE_STRONG, marginTop: 12, paddingTop: 8 },
  row: { flexDirection: "row", marginTop: 1.5 },
  label: { width: 110, color: INK_3 },
  value: { flex: 1 },
});

/** The certificate of completion of a memo or a compensation plan, to keep beside it (domain.md §8.11). */
export async function certificatePdf(given: CertificateInput): Promise<Buffer> {
  const input = printedAll(given).document;
  await openFonts();
  const { company, title, hash, since, binds, complete, signatures } = input;
  return renderToBuffer(
    <Document title={`Certificate: ${title}`} author={company} subject={`SHA-256 ${hash}`}>
      <Page size="A4" style={styles.page}>
        <Text style={styles.quiet}>{company}: certificate of completion</Text>
        <Text style={styles.title}>{title}</Text>
        <Row label="State">
          {complete ? "Signed by all three" : `${signatures.length} of 3 signatures`}, {binds}
        </Row>
        <Row label={since.label}>{instant(since.at)}</Row>
        <Row label="SHA-256 of the text">{hash}</Row>
        {signatures.map((signature) => (
          <Signature key={signature.seatName} signature={signature} />
        ))}
      </Page>
    </Document>,
  );
}

function Signature({ signature }: { signature: CertificateInput["signatures"][number] }) {
  const { seatName, name, viewed, signed, method, hash, entry, head } = signature;
  const place = entry?.place ?? null;
  return (
    <View style={styles.signature} wrap={false}>
      <Text style={styles.name}>{name}</Text>
      <Text style={styles.quiet}>{seatName}</Text>
      <Row label="Opened the text">{viewed ? instant(viewed) : "not recorded"}</Row>
      <Row label="Signed">{instant(signed)}</Row>
      <Row label="Method">In person, signed in, {METHODS[method]}</Row>
      <Row label="Over the hash">{hash}</Row>
      <Row label="Entry of the log">
        {entry
          ? `${entry.id}${place === null ? ", not in the tree yet" : `, number ${place + 1} of the tree`}, request ${entry.request}`
          : "none"}
      </Row>
      <Row label="On the head of the log">
        {head
          ? `${head.size} entries, root ${head.root}, signed ${instant(head.at)} by the key ${head.kid}`
          : "none yet"}
      </Row>
    </View>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <View style={styles.row}>
      <Text style={styles.label}>{label}</Text>
      <Text style={styles.value}>{children}</Text>
    </View>
  );
}

/** As the log has it, in UTC and not in a company's day: `2026-05-20 09:30:00 UTC`. */
const instant = (at: string) => at.replace("T", " ").replace(/([.]\d+)?Z$/, " UTC");
