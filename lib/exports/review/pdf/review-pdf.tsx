import { Canvas, Document, Page, renderToBuffer, Text, View } from "@react-pdf/renderer";
import { BOX, printedAll } from "../../../text/printable";
import { openFonts } from "../../fonts";
import type { Cover, PackDocument, Section, TellStep } from "../section";
import { PdfBlock, staysWhole } from "./blocks";
import { styles } from "./face";

/** The review pack as a PDF of A4 pages: each is laid out, and when it is known how many there are, each is drawn. */
export async function reviewPdf(pack: PackDocument, tell: TellStep = () => {}): Promise<Buffer> {
  await openFonts();
  const { document, boxes } = printedAll(pack);
  return renderToBuffer(<ReviewPdf pack={document} boxes={boxes} told={new ToldPages(tell)} />);
}

/** The renderer asks for the number of a page when it lays it out, without how many there are the first time. */
class ToldPages {
  private of: number | null = null;
  private drawn = 0;
  constructor(private readonly tell: TellStep) {}

  number({ pageNumber, totalPages }: { pageNumber: number; totalPages?: number }): string {
    this.of = totalPages ?? null;
    if (totalPages === undefined) this.tell({ done: pageNumber, of: null });
    return `${pageNumber} of ${totalPages}`;
  }

  draw = (): null => {
    this.tell({ done: ++this.drawn, of: this.of });
    return null;
  };
}

interface Shown {
  pack: PackDocument;
  boxes: boolean;
  told: ToldPages;
}

function ReviewPdf({ pack: { cover, sections, reporting }, boxes, told }: Shown) {
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
          <Text render={(page) => told.number(page)} />
        </View>
        <Canvas fixed style={styles.unseen} paint={told.draw} />
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
