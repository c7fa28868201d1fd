import * as chrono from "chrono-node";
import type { Day } from "@/lib/attribution/facts";
import { addDays, dayNumber, isDay } from "@/lib/calendar";
import { companyDay, readInstant } from "@/lib/company-day";
import type { Elsewhere } from "./other-languages";

/** A day that words name, and where they stand. */
export interface DayWords {
  /** Null where the words tell of several days: "last week". */
  day: Day | null;
  at: number;
  end: number;
}

/** English first: it reads most. */
const READERS = { en: chrono.en, de: chrono.de, fr: chrono.fr, es: chrono.es };

/** What means a stretch of days, and no day of it. */
const VAGUE =
  /^(?:(?:earlier )?(?:this|last|next|past) (?:week|month|quarter|year)|the (?:week|month|quarter|year)|(?:diese|letzte|vorige|nächste)[rns]? (?:Woche|Monat|Quartal|Jahr)|(?:(?:cette|la) semaine|(?:ce|le) mois|(?:ce|le) trimestre|cette année|l['’]année)(?: derni[eè]re?| passée?| prochaine?)?|(?:est[ae]|la|el) (?:semana|mes|trimestre|año)(?: pasad[ao]| próxim[ao])?)$/i;
/** Short days and months that are words, too, when they are written small. */
const A_WORD = /^(?:on )?(?:sat|sun|mon|wed|fri|mar|may|dec|march|second)$/;
/** The same elsewhere: "mar" is a Tuesday, a March and a sea. */
const A_WORD_ELSEWHERE =
  /^(?:mo|di|mi|do|fr|sa|so|mär|mai|okt|dez|lun|mar|mer|jeu|ven|sam|dim|avr|déc|mié|mie|jue|vie|sáb|sab|dom|ene|abr|ago|dic|jan|feb|sep|oct|nov)\.?$/i;
const TODAY =
  /(?<![\p{L}])(?:this (?:morning|afternoon|evening)|tonight|just now|earlier|heute(?: (?:früh|morgen|mittag|nachmittag|abend))?|ce (?:matin|soir)|cet après-midi|aujourd['’]hui|hoy|esta (?:mañana|tarde|noche))(?![\p{L}])/iu;
/** How far back a day without its year is looked for. */
const WITHIN_DAYS = 366;

const noon = (day: Day) => new Date(`${day}T12:00:00Z`);
const two = (number: number | null) => String(number ?? 0).padStart(2, "0");

/** The days that a text names, said on the day `said`: what was done, was done on it or before. */
export function daysIn(text: string, said: Day | null, language: Elsewhere | null = null): DayWords[] {
  const reference = said ?? "2000-01-03";
  const found = READERS[language ?? "en"].casual.parse(text, { instant: noon(reference), timezone: 0 });
  return found.flatMap((result) => {
    const { text: words, index: at, start } = result;
    if (A_WORD.test(words) || (language !== null && A_WORD_ELSEWHERE.test(words))) return [];
    const end = at + words.length;
    if (VAGUE.test(words)) return { day: null, at, end };
    const dated = start.isCertain("day");
    const weekday = start.isCertain("weekday");
    if (!dated && !weekday) return TODAY.test(words) && said ? { day: said, at, end } : [];
    // Without a day of its own to count from, only a whole date is one.
    if (!said && !(dated && start.isCertain("year") && /\d/.test(words))) return [];
    // Elsewhere the day stands before the month.
    const day = (language ? null : readNumbers(words, said)) ?? dayOf(start);
    if (!isDay(day)) return [];
    return {
      day: dated ? inThePast(day, start, said) : lastOne(day, words, text.slice(end), said!),
      at,
      end,
    };
  });
}

const dayOf = (start: chrono.ParsedComponents) =>
  `${String(start.get("year")).padStart(4, "0")}-${two(start.get("month"))}-${two(start.get("day"))}`;

/** "3 March" is the last one there was. */
function inThePast(day: Day, start: chrono.ParsedComponents, said: Day | null): Day {
  if (!said || day <= said || start.isCertain("year")) return day;
  const before = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return isDay(before) && dayNumber(said) - dayNumber(before) <= WITHIN_DAYS ? before : day;
}

/** "On Tuesday" is the last one; "next Tuesday" stays to come; "Friday last week" is of the week before. */
function lastOne(day: Day, words: string, after: string, said: Day): Day {
  if (/\b(?:next|coming|this coming)\b/i.test(words)) return day;
  if (/^ (?:of )?last week\b/i.test(after) || /last week/i.test(words)) {
    const monday = addDays(said, -weekdayOf(said));
    return addDays(monday, weekdayOf(day) - 7);
  }
  return day > said ? addDays(day, -7 * Math.ceil((dayNumber(day) - dayNumber(said)) / 7)) : day;
}

/** 0 is Monday; day numbers count from a day that `MONDAY` tells. */
const MONDAY = dayNumber("2024-01-01");
const weekdayOf = (day: Day) => (((dayNumber(day) - MONDAY) % 7) + 7) % 7;

/** `10.03.2026` is a day before a month; of `03/04/2026` the reading is meant that is past, and nearer. */
function readNumbers(words: string, said: Day | null): Day | null {
  const [, first, dot, second, year] = /\b(\d{1,2})([./-])(\d{1,2})\2(\d{2}|\d{4})\b/.exec(words) ?? [];
  if (!first || !second || !year) return null;
  const whole = year.length === 2 ? `20${year}` : year;
  const dayFirst = `${whole}-${second.padStart(2, "0")}-${first.padStart(2, "0")}`;
  const monthFirst = `${whole}-${first.padStart(2, "0")}-${second.padStart(2, "0")}`;
  const order = dot === "/" ? [monthFirst, dayFirst] : [dayFirst, monthFirst];
  const days = order.filter(isDay);
  if (dot !== "/" || !said || days.length < 2) return days[0] ?? null;
  const past = days.filter((day) => day <= said);
  return past.sort().at(-1) ?? days[0]!;
}

/** The day that a heading's date is in the company's zone; without an offset, the day as it is written. */
export function writtenDay(text: string, zone: string, said: Day | null = null): Day | null {
  // The headings of mails that were handed on are in the language of whoever did.
  const found = Object.values(READERS)
    .map((one) => one.casual.parse(text, { instant: noon(said ?? "2000-01-03"), timezone: 0 })[0])
    .find((one) => one?.start.isCertain("day"));
  if (!found) return null;
  const { start } = found;
  const day = readNumbers(found.text, said) ?? dayOf(start);
  if (!isDay(day)) return null;
  const offset = start.get("timezoneOffset");
  if (!start.isCertain("timezoneOffset") || offset === null || !start.isCertain("hour")) return day;
  const clock = readInstant(`${day}T${two(start.get("hour"))}:${two(start.get("minute"))}:00Z`);
  return clock === null ? day : companyDay(clock - offset * 60_000, zone);
}
