import { Text, View } from "@react-pdf/renderer";
import { type CaseGroup, type Cases, type Cell, cellText } from "../section";
import { styles } from "./face";
import { isPlainCase, PlainCase, PlainLine } from "./plain-case";
import { isPlain } from "./plain-text";

/** Of each case the line that tells it from the others. */
const lineOf = (cells: Cell[], reporting: string) =>
  cells
    .map((cell) => cellText(cell, reporting))
    .filter((text) => text !== "")
    .join("  ·  ");

/**
 * Cases stand on the page itself, not in a box together: the places of boxes are short floats, which past some hundred
 * cases overlap by a hair, and what overlaps the renderer takes for one thing, of which it prints the first page.
 */
export function PdfCases({ cases, reporting }: { cases: Cases; reporting: string }) {
  if (cases.groups.length === 0) return <Text style={[styles.block, styles.faint]}>{cases.empty}</Text>;
  return (
    <>
      <View style={styles.block} />
      {cases.groups.map((group, nth) => {
        const about = group.each.map((cells) => lineOf(cells, reporting));
        // biome-ignore lint/suspicious/noArrayIndexKey: cases never move
        return <PdfCase key={nth} group={group} about={about} />;
      })}
    </>
  );
}

function PdfCase({ group, about }: { group: CaseGroup; about: string[] }) {
  const [first = "", ...others] = about;
  if (others.length === 0)
    return isPlainCase(group) && isPlain(first) ? (
      <PlainCase group={group} about={first} />
    ) : (
      <View style={[styles.caseTop, styles.caseEnd]} wrap={false}>
        <CaseHead group={group} />
        <AboutLine text={first} />
        <CaseLines group={group} />
      </View>
    );
  return (
    <>
      <View style={styles.caseTop} wrap={false} minPresenceAhead={40}>
        <CaseHead group={group} />
      </View>
      <CaseLines group={group} />
      {about.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
        <AboutLine key={at} text={text} />
      ))}
      <View style={styles.caseEnd} />
    </>
  );
}

const CaseHead = ({ group: { title, state, isOpen } }: { group: CaseGroup }) => (
  <View style={styles.caseHead}>
    <Text style={[styles.bold, { flex: 1, paddingRight: 10 }]}>{title}</Text>
    <Text style={[styles.chip, isOpen ? styles.chipWarn : styles.chipCalm]}>{state}</Text>
  </View>
);

const CaseLines = ({ group: { lines } }: { group: CaseGroup }) =>
  lines.map(({ name, text }, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
    <View key={at} style={styles.caseLine} wrap={false}>
      <Text style={styles.caseName}>{name}</Text>
      <Text style={styles.caseText}>{text}</Text>
    </View>
  ));

const AboutLine = ({ text }: { text: string }) =>
  isPlain(text) ? <PlainLine text={text} /> : <Text style={[styles.small, styles.quiet]}>{text}</Text>;
