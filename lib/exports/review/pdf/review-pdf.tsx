import { Document, Page, renderToBuffer, Text, View } from "@react-pdf/renderer";
import { BOX, printedAll } from "../../../text/printable";
import { openFonts } from "../../fonts";
import type { Cover, PackDocument, Section } from "../section";
import { PdfBlock, staysWhole } from "./blocks";
import { styles } from "./face";

/** The review pack as a PDF of A4 pages. */
export async function reviewPdf(pack: PackDocument): Promise<Buffer> {
  await openFonts();
  const { document, boxes } = printedAll(pack);
  return renderToBuffer(<ReviewPdf pack={document} boxes={boxes} />);
}

function ReviewPdf({ pack: { cover, sections, reporting }, boxes }: { pack: PackDocument; boxes: boolean }) {
  const title = `${cover.title} ${cover.quarter}`;
  return (
    <Document
      title={`${title}, ${cover.company}`}
      author={cover.company}
      creator="Countersign"
      producer="Countersign"
      creationDate={new Date(cover.at)}
      modificationDate={new Date(cover.at)}
    >
      <Page size="A4" style={styles.page} experimentalPagination>
        <View style={styles.head} fixed>
          <Text>{cover.company}</Text>
          <Text>{title}</Text>
        </View>
        <View style={styles.foot} fixed>
          <Text>
            {cover.digest
              ? `Frozen, digest ${cover.digest.slice(0, 16)}`
              : `Not frozen: these numbers may still change`}
            {boxes && `. ${BOX} stands for a letter that cannot be printed here; the spreadsheet has it`}
          </Text>
          <Text render={({ pageNumber, totalPages }) => `${pageNumber} of ${totalPages}`} />
        </View>
        <CoverBlock cover={cover} />
        {sections.map((section) => (
          <PdfSection key={section.title} section={section} reporting={reporting} />
        ))}
      </Page>
    </Document>
  );
}

function CoverBlock({ cover }: { cover: Cover }) {
  return (
    <View>
      <Text style={styles.coverTitle}>
        {cover.title} {cover.quarter}
      </Text>
      <Text style={styles.coverQuarter}>
        {cover.company}, {cover.days}
      </Text>
      <View style={styles.states}>
        {cover.states.map(({ name, text, loud }) => (
          <View key={name} style={styles.state} wrap={false}>
            <Text style={styles.stateName}>{name}</Text>
            <Text style={[styles.stateText, loud ? styles.loud : {}]}>{text}</Text>
          </View>
        ))}
      </View>
    </View>
  );
}

function PdfSection({ section, reporting }: { section: Section; reporting: string }) {
  const shown = section.blocks.map((block, nth) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks never move
    <PdfBlock key={nth} block={block} reporting={reporting} />
  ));
  // Cases, which come last, are too many to stand in one box.
  const boxed = section.blocks.findIndex(({ block }) => block === "cases");
  const [first, ...others] = boxed < 0 ? shown : shown.slice(0, boxed);
  const head = (
    <View style={styles.sectionHead} wrap={false} minPresenceAhead={60}>
      <Text style={styles.sectionTitle}>{section.title}</Text>
      <Text style={styles.sectionLede}>{section.lede}</Text>
    </View>
  );
  // A head is worth nothing at the foot of a page.
  const isWhole = section.blocks[0] !== undefined && staysWhole(section.blocks[0]);
  return (
    <>
      <View style={styles.section}>
        {isWhole ? (
          <View wrap={false}>
            {head}
            {first}
          </View>
        ) : (
          <>
            {head}
            {first}
          </>
        )}
        {others}
      </View>
      {boxed >= 0 && shown.slice(boxed)}
    </>
  );
}
