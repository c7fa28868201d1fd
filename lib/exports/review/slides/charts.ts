import type pptxgen from "pptxgenjs";
import type { Unit } from "../../../metrics/definition";
import type { MetricReport } from "../../../metrics/quarter-report";
import { isDefined, type Value } from "../../../metrics/value";
import { minorDigits } from "../../../money";
import { ACCENT, faded, INK_2, INK_3, LINE } from "../../palette";
import type { Chart } from "../section";
import { hex } from "./deck";

/** Charts of the presentation's own kind: their data opens in a sheet and can be edited. */

interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** What a chart counts in: major units for money, percent drawn from a share by its format. */
function plotted(value: Value, unit: Unit, reporting: string): number {
  // An empty point is a gap, which the chart's types do not foresee.
  if (!isDefined(value)) return null as unknown as number;
  return unit === "money" ? value / 10 ** minorDigits(reporting) : value;
}

function formatOf(unit: Unit, reporting: string): string {
  switch (unit) {
    case "money":
      return `"${reporting} "#,##0`;
    case "perUnit":
      return `"${reporting} "0.00`;
    case "share":
      return "0.0%";
    case "times":
      return "0.00";
    case "days":
      return "#,##0.#";
    case "deals":
      return "#,##0";
  }
}

const AXES = {
  catAxisLabelFontSize: 11,
  catAxisLabelColor: hex(INK_2),
  valAxisLabelFontSize: 10,
  valAxisLabelColor: hex(INK_3),
  valGridLine: { color: hex(LINE), size: 0.75 },
  catGridLine: { style: "none" },
  valAxisLineShow: false,
} as const satisfies pptxgen.IChartOpts;

/** A bar chart, buckets from top to bottom. */
export function addBars(slide: pptxgen.Slide, chart: Chart, reporting: string, place: Place): void {
  const { unit, series, categories, title } = chart;
  const labels = categories.map(({ name }) => name);
  const colours = series.length > 1 ? [ACCENT, faded(ACCENT)] : categories.map(({ colour }) => colour);
  slide.addChart(
    "bar",
    series.map(({ name, values }) => ({
      name,
      labels,
      values: values.map((value) => plotted(value, unit, reporting)),
    })),
    {
      ...place,
      ...AXES,
      barDir: "bar",
      barGapWidthPct: 45,
      valGridLine: { style: "none" },
      // From top to bottom, as the table has them; the types know only the other way.
      catAxisOrientation: "maxMin" as "minMax",
      chartColors: colours.map(hex),
      showValue: true,
      dataLabelFormatCode: formatOf(unit, reporting),
      dataLabelFontSize: 10,
      dataLabelColor: hex(INK_2),
      valAxisLabelFormatCode: formatOf(unit, reporting),
      valAxisHidden: true,
      showLegend: series.length > 1,
      legendPos: "t",
      legendFontSize: 11,
      legendColor: hex(INK_2),
      altText: `Bars: ${title}`,
    },
  );
}

/** A metric's headline over eight quarters. */
export function addTrend(slide: pptxgen.Slide, metric: MetricReport, reporting: string, place: Place): void {
  const unit = metric.figures[0]?.unit ?? "deals";
  const values = metric.series.map(({ value }) => plotted(value, unit, reporting));
  slide.addChart(
    "line",
    [
      {
        name: metric.name,
        labels: metric.series.map(({ quarter }) => quarter),
        values,
      },
    ],
    {
      ...place,
      ...AXES,
      // A line that does not start at nothing makes much of little.
      valAxisMinVal: Math.min(0, ...values),
      catAxisLabelFrequency: String(metric.series.length - 1),
      catAxisLabelFontSize: 8,
      valAxisLabelFontSize: 8,
      chartColors: [hex(ACCENT)],
      lineSize: 1.75,
      lineDataSymbolSize: 5,
      displayBlanksAs: "gap",
      valAxisLabelFormatCode: formatOf(unit, reporting),
      showLegend: false,
      altText: `Line over eight quarters: ${metric.name}`,
    },
  );
}
