import { parse } from "csv-parse/sync";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { COMPANIES } from "@/fixtures/companies.fixture";
import { answerApi } from "@/lib/api/server";
import { PRESETS } from "@/lib/attribution/policy";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { isRefusal } from "@/lib/errors";
import { reviewPdf } from "@/lib/exports/review/pdf/review-pdf";
import {
  pdfText,
  readSheets,
  type SheetRow,
  slideText,
  squeeze,
  unzip,
} from "@/lib/exports/review/read-back.fixture";
import { packDocument } from "@/lib/exports/review/sections";
import { reviewSheet } from "@/lib/exports/review/sheet/review-sheet";
import { reviewSlides } from "@/lib/exports/review/slides/review-slides";
import type { Unit } from "@/lib/metrics/definition";
import type { FigureReport, MetricReport } from "@/lib/metrics/quarter-report";
import type { Value } from "@/lib/metrics/value";
import { numbers } from "@/lib/queries/numbers/numbers";
import { answer } from "@/lib/queries/query";
import { reviewPack } from "@/lib/queries/review/review-pack";
import { type JudgedCompany, judgedCompany } from "./judged-company.fixture";
import { inDollars } from "./straight-figures.fixture";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

/** The section that has every figure of the four numbers, a table each. */
const IN_FULL = "Figures in full";

let company: JudgedCompany;

const context = () => ({ db: company.client.db, actor: COMMAND_LINE, today: company.today });
const isNumber = (value: unknown): value is number => typeof value === "number";

/** A figure as it must stand on paper, by the platform's own formats: none of ours. */
function onPaper(value: number, unit: Unit): string {
  const digits = (fraction: number, of = value) =>
    new Intl.NumberFormat("en-US", {
      minimumFractionDigits: fraction,
      maximumFractionDigits: fraction,
    }).format(Math.abs(of));
  const minus = value < 0 ? "−" : "";
  switch (unit) {
    case "money":
      return `USD ${minus}${digits(0, value / 100)}`;
    case "perUnit":
      return `USD ${minus}${digits(2)}`;
    case "share":
      return `${minus}${digits(1, value * 100)} %`;
    case "times":
      return `${minus}${digits(2)} ×`;
    case "days":
      return `${minus}${digits(Number.isInteger(value) ? 0 : 1)} ${Math.abs(value) === 1 ? "day" : "days"}`;
    case "deals":
      return digits(0);
  }
}

/** A read of the API by an address, as a stranger's program asks it. */
async function get(path: string, accept: string): Promise<Response> {
  const request = new Request(`http://countersign.test/api/v1${path}`, { headers: { accept } });
  const response = await answerApi(request, async () => COMMAND_LINE);
  expect(response.status, path).toBe(200);
  return response;
}

/** Every row of a list as CSV, page after page as `Link` names them. */
async function csvRows(path: string): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const response = await get(next, "text/csv");
    const text = await response.text();
    if (text.trim() !== "") rows.push(...parse<Record<string, string>>(text, { columns: true }));
    next = /^<\/api\/v1(.*)>; rel="next"$/.exec(response.headers.get("link") ?? "")?.[1];
  }
  return rows;
}

async function ratesOf(quarter: string): Promise<ReadonlyMap<string, string>> {
  const rows = await company.client.db.execute<{ currency: string; rate: string }>(
    sql`select currency::text as currency, rate::text as rate from rates where quarter = ${quarter}`,
  );
  return new Map([...rows].map(({ currency, rate }) => [currency, rate]));
}

/** The deals that a figure opens to, as CSV: as many as are said, and adding up to it where it is a sum of them. */
async function sameAsCsv(quarter: string, metric: MetricReport, figure: FigureReport): Promise<void> {
  const rates = await ratesOf(quarter);
  for (const { part, deals } of figure.opens) {
    const asked = new URLSearchParams({
      quarter,
      number: metric.key,
      figure: figure.key,
      part,
      limit: "500",
    });
    const rows = await csvRows(`/deals?${asked}`);
    const where = `${quarter} ${metric.key}.${figure.key} ${part}`;
    expect(new Set(rows.map(({ id }) => id)).size, where).toBe(deals);
    if (
      figure.unit !== "money" ||
      figure.adds !== "amount" ||
      figure.opens.length > 1 ||
      !isNumber(figure.value)
    )
      continue;
    const sum = rows.reduce((all, row) => all + inDollars(Number(row.amount), row.currency!, rates), 0);
    expect(sum, where).toBe(figure.value);
  }
}

function sameInSheet(rows: readonly SheetRow[], metrics: readonly MetricReport[]): void {
  let at = 0;
  for (const metric of metrics)
    for (const figure of metric.figures) {
      const found = rows.findIndex(({ values }, nth) => nth >= at && values[0] === figure.name);
      expect(found, `${metric.key}.${figure.key}`).toBeGreaterThanOrEqual(0);
      at = found + 1;
      const { values } = rows[found]!;
      const told: [number, Value][] = [
        [1, figure.value],
        [3, figure.prior],
        [4, figure.yearBefore],
      ];
      for (const [column, value] of told)
        expect(values[column], `${metric.key}.${figure.key}`).toEqual(
          !isNumber(value) ? expect.stringMatching(/^—/) : figure.unit === "money" ? value / 100 : value,
        );
    }
}

/** The pack of a quarter; null where a rate is missing, which refuses it by name. */
async function packOf(quarter: string) {
  try {
    return await answer(reviewPack, { quarter }, context());
  } catch (error) {
    if (!isRefusal(error) || !error.field.startsWith("rates.")) throw error;
    return null;
  }
}

describe.each(COMPANIES)("the four numbers of $name", ({ folder }) => {
  beforeAll(async () => {
    company = await judgedCompany(folder);
    await company.agree(PRESETS.two_bucket);
    process.env.DATABASE_URL = company.url;
  }, 240_000);
  afterAll(async () => {
    await closeDatabases();
    delete process.env.DATABASE_URL;
    await company?.client.close();
  });

  it("are the same on page, PDF, slides, sheet, CSV, API and SQL views, in every quarter", async () => {
    const owner = postgres(company.url, { max: 1, onnotice: () => {} });
    const viewed = await owner<{ quarter: string; metric: string; figure: string; value: number | null }[]>`
      select quarter, metric, figure, value from bi.figures`;
    const quarters = await owner<{ quarter: string }[]>`
      select q.quarter from bi.quarters q where exists (
        select from judged_deals d where d.closed_on between q.from_day and q.to_day) order by 1`;
    await owner.end();
    const views = new Map(
      viewed.map(({ quarter, metric, figure, value }) => [`${quarter} ${metric}.${figure}`, value]),
    );
    let compared = 0;
    for (const { quarter } of quarters) {
      const { headline } = await answer(numbers, numbers.input.parse({ quarter }), context());
      const pack = await packOf(quarter);
      if (!pack) continue;
      const document = packDocument(pack);
      const pdf = await pdfText(new Uint8Array(await reviewPdf(document)));
      const slides = slideText(unzip(await reviewSlides(document), /^ppt\/slides\/slide\d+\.xml$/));
      const book = readSheets(unzip(await reviewSheet(document), /\.xml$/));
      const over = (await (await get(`/quarters/${quarter}/numbers`, "application/json")).json()) as {
        headline: unknown;
      };
      expect(over.headline).toEqual(JSON.parse(JSON.stringify(headline)));
      sameInSheet(book.get([...book.keys()].find((name) => name.includes(IN_FULL))!)!, headline);
      for (const metric of headline)
        for (const figure of metric.figures) {
          const where = `${quarter} ${metric.key}.${figure.key}`;
          const { name, unit, value } = figure;
          expect(views.get(where), where).toEqual(isNumber(value) ? value : null);
          const line = squeeze(`${name}${isNumber(value) ? onPaper(value, unit) : "—"}`);
          expect(pdf, where).toContain(line);
          expect(slides, where).toContain(line);
          await sameAsCsv(quarter, metric, figure);
          compared++;
        }
    }
    expect(compared).toBeGreaterThan(40);
  }, 600_000);
});
