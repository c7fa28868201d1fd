import { Text, View } from "@react-pdf/renderer";
import { isDefined } from "../../../metrics/value";
import { intervalText, numberText, reasonText } from "../../../metrics/value-text";
import { benchmarkText, changeText, metricNotes, STANDS, sidesText } from "../numbers-text";
import {
  type Block,
  type Cell,
  cellText,
  type Numbers,
  type Prose,
  reasonsOf,
  type Table,
  type Trends,
} from "../section";
import { PdfCases } from "./cases";
import { BarChart, Sparkline } from "./charts";
import { styles } from "./face";

/** One block of a section, as paper has it. */
export function PdfBlock({ block, reporting }: { block: Block; reporting: string }) {
  switch (block.block) {
    case "table":
      return <PdfTable table={block} reporting={reporting} />;
    case "chart":
      return <BarChart chart={block} reporting={reporting} />;
    case "numbers":
      return <Cards numbers={block} reporting={reporting} />;
    case "trends":
      return <PdfTrends trends={block} reporting={reporting} />;
    case "prose":
      return <PdfProse prose={block} />;
    case "cases":
      return <PdfCases cases={block} reporting={reporting} />;
  }
}

/** A table this short is not torn apart by the end of a page. */
const WHOLE_ROWS = 14;
const WHOLE_LETTERS = 1500;
/** More than a column of figures holds at the size of its table. */
const LONG_FIGURE = 14;

/** Whether a block keeps to one page, so that what stands above it goes with it. */
export function staysWhole(block: Block): boolean {
  switch (block.block) {
    case "table":
      return block.rows.length <= WHOLE_ROWS;
    case "prose":
      return block.text.length <= WHOLE_LETTERS;
    default:
      return block.block !== "cases";
  }
}

/** A number is not torn from its unit by the end of a line. */
const paperText = (cell: Cell, reporting: string) =>
  cell?.is === "text" ? cell.text : cellText(cell, reporting).replaceAll(" ", "\u00a0");

const isLong = (cell: Cell, reporting: string) =>
  cell !== null && cell.is !== "text" && cellText(cell, reporting).length > LONG_FIGURE;

function PdfTable({ table, reporting }: { table: Table; reporting: string }) {
  const whole = table.columns.reduce((sum, { width }) => sum + width, 0);
  const place = (at: number) => {
    const { width, align } = table.columns[at] as Table["columns"][number];
    const isLast = at === table.columns.length - 1;
    return [
      { width: `${(100 * width) / whole}%` },
      align === "right" ? styles.figures : {},
      isLast ? styles.lastCell : styles.cell,
    ];
  };
  const cells = (row: Cell[]) =>
    row.map((cell, at) => (
      // A column has no name of its own to be told apart by, only its place.
      // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
      <Text key={at} style={[...place(at), isLong(cell, reporting) ? styles.long : {}]}>
        {paperText(cell, reporting)}
      </Text>
    ));
  const reasons = reasonsOf(table.rows.flatMap(({ cells }) => cells));
  return (
    <View style={styles.block} wrap={!staysWhole(table)}>
      {table.title && (
        <Text style={styles.blockTitle} minPresenceAhead={40}>
          {table.title}
        </Text>
      )}
      {table.rows.length === 0 ? (
        <Text style={styles.faint}>{table.empty}</Text>
      ) : (
        <>
          <View style={styles.tableHead} wrap={false} minPresenceAhead={24}>
            {table.columns.map(({ name }, at) => (
              <Text key={name} style={place(at)}>
                {name}
              </Text>
            ))}
          </View>
          {table.rows.map((row, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
            <View key={nth} style={[styles.tableRow, table.isTall ? styles.tall : {}]} wrap={false}>
              {row.colour ? (
                <View style={[...place(0), styles.row]}>
                  <View style={[styles.swatch, { backgroundColor: row.colour }]} />
                  <Text style={{ flex: 1 }}>{cellText(row.cells[0] ?? null, reporting)}</Text>
                </View>
              ) : null}
              {row.colour ? cells(row.cells).slice(1) : cells(row.cells)}
            </View>
          ))}
          {table.total && (
            <View style={styles.tableTotal} wrap={false}>
              {cells(table.total)}
            </View>
          )}
        </>
      )}
      {[...(table.note ? [table.note] : []), ...reasons.map((reason) => `— ${reason}`)].map((line) => (
        <Text key={line} style={styles.note}>
          {line}
        </Text>
      ))}
    </View>
  );
}

function Cards({ numbers, reporting }: { numbers: Numbers; reporting: string }) {
  return (
    <View style={styles.cards}>
      {numbers.metrics.map((metric) => {
        const [large] = metric.figures;
        if (!large) return null;
        const { value, unit, interval } = large;
        return (
          <View key={metric.key} style={styles.card} wrap={false}>
            <Text style={styles.cardName}>{metric.name}</Text>
            <Text style={styles.cardValue}>
              {isDefined(value) ? numberText(value, unit, reporting) : "—"}
            </Text>
            <Text style={[styles.small, styles.quiet]}>
              {isDefined(value)
                ? interval
                  ? `95 % interval ${intervalText(interval, unit, reporting)}`
                  : large.name
                : reasonText(value)}
            </Text>
            <Sparkline series={metric.series} />
            <View style={{ marginTop: 6 }}>
              <Line name={`Against ${numbers.prior}`} text={changeText(large, large.prior, reporting)} />
              <Line
                name={`Against ${numbers.yearBefore}`}
                text={changeText(large, large.yearBefore, reporting)}
              />
              {metric.figures.map((figure) =>
                figure.benchmark ? (
                  <View key={figure.key} style={styles.cardLine}>
                    <Text style={[styles.faint, { flex: 1, paddingRight: 8 }]}>
                      Benchmark {figure.benchmark.words}
                    </Text>
                    <View style={styles.row}>
                      <Text style={[styles.medium, styles.figures, { marginRight: 5 }]}>
                        {benchmarkText(figure, reporting)}
                      </Text>
                      <Text style={[styles.chip, STYLE_OF[figure.benchmark.stands ?? "none"]]}>
                        {STANDS[figure.benchmark.stands ?? "none"]}
                      </Text>
                    </View>
                  </View>
                ) : null,
              )}
              <Line name="Deals" text={sidesText(metric)} />
              {metricNotes(metric).map((note) => (
                <Text key={note} style={styles.note}>
                  {note}
                </Text>
              ))}
            </View>
          </View>
        );
      })}
    </View>
  );
}

function PdfTrends({ trends, reporting }: { trends: Trends; reporting: string }) {
  return (
    <View style={[styles.row, styles.block, { justifyContent: "space-between" }]} wrap={false}>
      {trends.metrics.map((metric) => {
        const [large] = metric.figures;
        if (!large) return null;
        return (
          <View key={metric.key} style={{ width: "31.5%" }}>
            <Text style={styles.cardName}>{metric.name}</Text>
            <Text style={styles.trendValue}>
              {isDefined(large.value) ? numberText(large.value, large.unit, reporting) : "—"}
            </Text>
            <Sparkline series={metric.series} width={156} />
          </View>
        );
      })}
    </View>
  );
}

const STYLE_OF = {
  below: styles.chipWarn,
  within: styles.chipCalm,
  above: styles.chipCalm,
  none: styles.chipQuiet,
} as const;

function Line({ name, text }: { name: string; text: string }) {
  return (
    <View style={styles.cardLine}>
      <Text style={styles.faint}>{name}</Text>
      <Text style={[styles.medium, styles.figures]}>{text}</Text>
    </View>
  );
}

function PdfProse({ prose }: { prose: Prose }) {
  const paragraphs = prose.text.split(/\n+/).filter((line) => line.trim() !== "");
  return (
    <View style={styles.block} wrap={!staysWhole(prose)}>
      {prose.title && <Text style={styles.blockTitle}>{prose.title}</Text>}
      {paragraphs.length === 0 ? (
        <Text style={styles.faint}>{prose.empty}</Text>
      ) : (
        <View style={styles.proseBox}>
          {paragraphs.map((paragraph, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs never move, and two may be equal
            <Text key={nth} style={[styles.prose, nth > 0 ? { marginTop: 4 } : {}]}>
              {paragraph}
            </Text>
          ))}
          {prose.by && <Text style={styles.note}>{prose.by}</Text>}
        </View>
      )}
    </View>
  );
}
