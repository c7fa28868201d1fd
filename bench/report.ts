import { decimal, thousands } from "@/lib/text/numbers";
import { type Figure, type Line, PARTS, timesOf } from "./figures";
import { GOALS, type Goal, type Judgement } from "./goals";

/** Collects what is measured, and shows it. */
export class Report {
  readonly figures: Figure[] = [];

  add(figure: Figure): void {
    this.figures.push(figure);
    console.error(`  ${figure.name}: ${shown(figure)}`);
  }

  lines(): Line[] {
    const byName = groups(this.figures, ({ part, name }) => `${part}/${name}`);
    return [...byName.values()].map((figures) => {
      const { part, name } = figures[0]!;
      const sorted = figures.toSorted((a, b) => a.deals - b.deals);
      const line = { part, name, figures: sorted, growth: growthOf(sorted), goals: [] as Judgement[] };
      line.goals = GOALS.filter((goal) => isAbout(goal, line)).flatMap((goal) => goal.judge(line) ?? []);
      return line;
    });
  }

  /** The table that people read. */
  print(): void {
    for (const [part, lines] of groups(this.lines(), ({ part }) => part)) {
      const sizes = [...new Set(lines.flatMap(({ figures }) => figures.map(({ deals }) => deals)))].sort(
        (a, b) => a - b,
      );
      const heads = sizes.map((deals) => (deals === 0 ? "" : `${thousands(deals)} deals`).padStart(25));
      console.log(`\n${PARTS[part].padEnd(46)}${heads.join("")}${sizes.length > 1 ? "   growth" : ""}`);
      for (const line of lines) {
        const cells = sizes.map((deals) => cellOf(line.figures.find((figure) => figure.deals === deals)));
        const growth = line.growth === null ? "" : `${line.growth.toFixed(2)} ×`.padStart(9);
        const goals = line.goals.map(({ words, met }) => `  ${met ? "✓" : "✗"} ${words}`).join("");
        console.log(`${line.name.padEnd(46)}${cells.join("")}${growth}${goals}`);
      }
      const floors = new Set(
        lines.flatMap(({ figures }) => figures.flatMap(({ floor }) => floor?.name ?? [])),
      );
      if (floors.size > 0) console.log(`  × of: ${[...floors].join("; ")}`);
    }
  }
}

function groups<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const found = new Map<K, T[]>();
  for (const one of all) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one]);
  return found;
}

function isAbout(goal: Goal, { part, name }: Line): boolean {
  return (
    goal.part === part &&
    (goal.only === undefined || goal.only === name) &&
    (goal.every === undefined || name.endsWith(goal.every))
  );
}

function growthOf(figures: readonly Figure[]): number | null {
  const [first, last] = [figures[0]!, figures.at(-1)!];
  return first === last ? null : last.value / first.value;
}

function cellOf(figure: Figure | undefined): string {
  if (!figure) return "".padStart(25);
  const floor = figure.floor ? `${timesOf(figure).toFixed(timesOf(figure) < 0.1 ? 3 : 1)} ×` : "";
  return `${shown(figure).padStart(15)}${floor.padStart(10)}`;
}

function shown({ value, unit }: Figure): string {
  if (unit === "round trips") return `${value} trips`;
  if (unit === "ms") return `${decimal(value, value < 100 ? 1 : 0)} ms`;
  return unit === "a second" ? `${decimal(value, 0)} /s` : `${decimal(value, 0)} ${unit}`;
}
