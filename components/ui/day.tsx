import { dayInWords } from "@/lib/text/days";

export function DayText({ day, className }: { day: string; className?: string }) {
  return (
    <time dateTime={day} className={`tabular whitespace-nowrap ${className ?? ""}`}>
      {dayInWords(day)}
    </time>
  );
}
