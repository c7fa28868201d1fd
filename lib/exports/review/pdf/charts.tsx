import { Circle, Line, Path, Rect, Svg, Text, View } from "@react-pdf/renderer";
import type { MetricReport } from "../../../metrics/quarter-report";
import { isDefined, type Value } from "../../../metrics/value";
import { numberText, reasonText } from "../../../metrics/value-text";
import { ACCENT, faded, INK_2, INK_3, LINE_STRONG } from "../../palette";
import type { Chart } from "../section";
import { styles } from "./face";

const BAR = 9;
const SPACE = 330;

/** Bars of every category on one scale from 0, each with its number at its end. */
export function BarChart({ chart, reporting }: { chart: Chart; reporting: string }) {
  const highest = Math.max(0, ...chart.series.flatMap(({ values }) => values.filter(isDefined)));
  return (
    <View style={styles.block} wrap={false}>
      <View style={[styles.row, { justifyContent: "space-between", marginBottom: 5 }]}>
        <Text style={styles.bold}>{chart.title}</Text>
        {chart.series.length > 1 && <Legend names={chart.series.map(({ name }) => name)} />}
      </View>
      {chart.categories.map(({ name, colour }, at) => (
        <View key={name} style={[styles.row, { marginBottom: 5, alignItems: "center" }]}>
          <Text style={{ width: 78 }}>{name}</Text>
          <View style={{ flex: 1 }}>
            {chart.series.map((series, nth) => (
              <Bar
                key={series.name}
                value={series.values[at] as Value}
                highest={highest}
                colour={nth === 0 ? colour : faded(colour)}
                thin={nth > 0}
                text={(value) => numberText(value, chart.unit, reporting)}
              />
            ))}
          </View>
        </View>
      ))}
    </View>
  );
}

function Legend({ names }: { names: string[] }) {
  return (
    <View style={[styles.row, styles.small, styles.faint]}>
      {names.map((name, nth) => (
        <View key={name} style={[styles.row, { marginLeft: 12 }]}>
          <View style={[styles.swatch, { width: 12, backgroundColor: nth === 0 ? INK_2 : faded(INK_2) }]} />
          <Text>{name}</Text>
        </View>
      ))}
    </View>
  );
}

interface BarProps {
  value: Value;
  highest: number;
  colour: string;
  thin: boolean;
  text: (value: number) => string;
}

function Bar({ value, highest, colour, thin, text }: BarProps) {
  if (!isDefined(value)) return <Text style={[styles.small, styles.faint]}>— {reasonText(value)}</Text>;
  const height = thin ? 5 : BAR;
  const width = highest === 0 ? 0 : (value / highest) * SPACE;
  return (
    <View style={[styles.row, { alignItems: "center" }]}>
      <Svg width={Math.max(width, 0.75)} height={height} style={{ marginVertical: 0.75 }}>
        <Rect x={0} y={0} width={Math.max(width, 0.75)} height={height} fill={colour} />
      </Svg>
      <Text style={[{ marginLeft: 5, fontSize: thin ? 7 : 8 }, thin ? styles.faint : styles.medium]}>
        {text(value)}
      </Text>
    </View>
  );
}

const HIGH = 30;

/** Eight quarters as a line; a quarter without a number is a gap. */
export function Sparkline({ series, width = 216 }: { series: MetricReport["series"]; width?: number }) {
  const known = series.flatMap(({ value }) => (isDefined(value) ? [value] : []));
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  const x = (at: number) => 3 + (at / Math.max(series.length - 1, 1)) * (width - 6);
  const y = (value: number) => HIGH - 3 - ((value - low) / (high - low || 1)) * (HIGH - 6);
  let path = "";
  series.forEach(({ value }, at) => {
    if (!isDefined(value)) return;
    const before = series[at - 1]?.value;
    path += `${before !== undefined && isDefined(before) ? "L" : "M"}${x(at).toFixed(2)} ${y(value).toFixed(2)} `;
  });
  return (
    <View style={{ marginTop: 6 }}>
      <Svg width={width} height={HIGH} viewBox={`0 0 ${width} ${HIGH}`}>
        <Line x1={0} x2={width} y1={y(0)} y2={y(0)} stroke={LINE_STRONG} strokeWidth={0.5} />
        {path !== "" && <Path d={path} stroke={INK_3} strokeWidth={1} fill="none" />}
        {series.map(({ quarter, value }, at) =>
          isDefined(value) ? (
            <Circle
              key={quarter}
              cx={x(at)}
              cy={y(value)}
              r={at === series.length - 1 ? 2.4 : 1.3}
              fill={at === series.length - 1 ? ACCENT : INK_3}
            />
          ) : null,
        )}
      </Svg>
      <View style={[styles.row, styles.faint, { justifyContent: "space-between", fontSize: 6.5 }]}>
        <Text>{series[0]?.quarter}</Text>
        <Text>{series.at(-1)?.quarter}</Text>
      </View>
    </View>
  );
}
