import { StyleSheet } from "@react-pdf/renderer";
import { FONTS } from "../../fonts";
import {
  ACCENT,
  ACCENT_SOFT,
  INK,
  INK_2,
  INK_3,
  LINE,
  LINE_STRONG,
  SUNKEN,
  WARN,
  WARN_SOFT,
} from "../../palette";

/** A4, and what stands free at either side of it. */
const PAGE_WIDTH = 595.28;
const SIDE = 42;
/** What is between, in points. */
export const BODY_WIDTH = PAGE_WIDTH - 2 * SIDE;

export const styles = StyleSheet.create({
  page: {
    paddingTop: 62,
    paddingBottom: 48,
    paddingHorizontal: SIDE,
    fontFamily: FONTS,
    fontSize: 8.5,
    lineHeight: 1.4,
    color: INK,
  },
  head: {
    position: "absolute",
    top: 26,
    left: 42,
    right: 42,
    flexDirection: "row",
    justifyContent: "space-between",
    paddingBottom: 6,
    borderBottomWidth: 0.5,
    borderBottomColor: LINE_STRONG,
    fontSize: 7.5,
    color: INK_3,
  },
  foot: {
    position: "absolute",
    top: 809,
    left: 42,
    right: 42,
    flexDirection: "row",
    justifyContent: "space-between",
    fontSize: 7,
    color: INK_3,
  },
  unseen: { position: "absolute", top: 0, left: 0, width: 1, height: 1 },
  quiet: { color: INK_2 },
  faint: { color: INK_3 },
  small: { fontSize: 7.5 },
  medium: { fontWeight: 500 },
  bold: { fontWeight: 600 },
  right: { textAlign: "right" },
  /** Figures under each other; in running text they would pull a hyphen apart. */
  figures: { textAlign: "right", fontFeatureSettings: ["tnum", "lnum"] },
  row: { flexDirection: "row" },

  coverTitle: { fontSize: 25, fontWeight: 600, lineHeight: 1.15, letterSpacing: -0.5 },
  coverQuarter: { fontSize: 11, color: INK_2, marginTop: 5 },
  states: { marginTop: 16, borderTopWidth: 1, borderTopColor: INK },
  state: { flexDirection: "row", paddingVertical: 5, borderBottomWidth: 0.5, borderBottomColor: LINE },
  stateName: { width: 96, color: INK_3 },
  stateText: { flex: 1 },
  loud: { color: WARN, fontWeight: 500 },

  section: { marginTop: 18 },
  sectionHead: { marginBottom: 8, paddingTop: 7, borderTopWidth: 1, borderTopColor: INK },
  sectionTitle: { fontSize: 13, fontWeight: 600, lineHeight: 1.25, letterSpacing: -0.15 },
  sectionLede: { color: INK_2, marginTop: 1 },
  block: { marginTop: 8 },
  blockTitle: { fontWeight: 600, marginBottom: 3 },

  tableHead: {
    flexDirection: "row",
    paddingBottom: 3,
    borderBottomWidth: 0.75,
    borderBottomColor: LINE_STRONG,
    fontSize: 7.5,
    color: INK_3,
  },
  tableRow: {
    flexDirection: "row",
    paddingVertical: 3,
    fontSize: 8,
    borderBottomWidth: 0.5,
    borderBottomColor: LINE,
  },
  tableTotal: { flexDirection: "row", paddingVertical: 3.5, fontSize: 8, fontWeight: 600 },
  /** Eleven digits and a currency still stand in one line. */
  long: { fontSize: 7, lineHeight: 1.6 },
  cell: { paddingRight: 7 },
  lastCell: { paddingRight: 0 },
  swatch: { width: 6, height: 6, borderRadius: 1.2, marginRight: 5, marginTop: 2.9 },
  note: { marginTop: 4, fontSize: 7.5, color: INK_3 },

  cards: { flexDirection: "row", flexWrap: "wrap", justifyContent: "space-between", marginTop: 4 },
  card: {
    width: "48.8%",
    borderWidth: 0.75,
    borderColor: LINE_STRONG,
    borderRadius: 5,
    padding: 11,
    marginBottom: 11,
  },
  cardName: { fontWeight: 600, fontSize: 9 },
  cardValue: {
    fontFeatureSettings: ["tnum"],
    fontSize: 21,
    fontWeight: 600,
    lineHeight: 1.2,
    letterSpacing: -0.4,
    marginTop: 3,
  },
  trendValue: {
    fontFeatureSettings: ["tnum"],
    fontSize: 15,
    fontWeight: 600,
    lineHeight: 1.25,
    letterSpacing: -0.25,
    marginTop: 1,
  },
  cardLine: { flexDirection: "row", justifyContent: "space-between", paddingVertical: 1.6, fontSize: 8 },
  chip: {
    fontSize: 7,
    fontWeight: 500,
    paddingHorizontal: 5,
    paddingVertical: 1,
    borderRadius: 3,
    lineHeight: 1.35,
    alignSelf: "flex-start",
  },
  chipCalm: { color: ACCENT, backgroundColor: ACCENT_SOFT },
  chipWarn: { color: WARN, backgroundColor: WARN_SOFT },
  chipQuiet: { color: INK_2, backgroundColor: SUNKEN },

  prose: { fontSize: 9, lineHeight: 1.5 },
  proseBox: { borderLeftWidth: 2, borderLeftColor: ACCENT, paddingLeft: 10, paddingVertical: 1 },

  /** Room to sign in. */
  tall: { minHeight: 40, alignItems: "flex-end" },
  caseTop: { paddingTop: 7 },
  caseEnd: { paddingBottom: 7, borderBottomWidth: 0.5, borderBottomColor: LINE },
  caseHead: { flexDirection: "row", justifyContent: "space-between", alignItems: "flex-start" },
  caseLine: { flexDirection: "row", marginTop: 2 },
  caseName: { width: 78, color: INK_3, fontSize: 7.5, lineHeight: 1.55 },
  caseText: { flex: 1 },
});
