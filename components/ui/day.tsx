const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `2026-03-04` as `4 Mar 2026`: one way everywhere, whatever the browser's locale, so nobody swaps day and month. */
export function dayInWords(day: string, withYear = true): string {
  const [year, month, date] = day.split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1]}${withYear ? ` ${year}` : ""}`;
}

export function DayText({ day, className }: { day: string; className?: string }) {
  return (
    <time dateTime={day} className={`tabular whitespace-nowrap ${className ?? ""}`}>
      {dayInWords(day)}
    </time>
  );
}
