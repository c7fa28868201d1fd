import { Select } from "@/components/ui/select";
import { WEEKDAYS, type Weekday, type YearEnd } from "@/lib/calendar";
import { MONTHS } from "@/lib/text/days";

type Which = "month" | "nearest" | "last";

const WEEKDAY_CHOICES = WEEKDAYS.map((day) => ({ value: day, label: day[0]!.toUpperCase() + day.slice(1) }));

/** The day that a fiscal year ends on: a month's last, or, of one of whole weeks (4-4-5, 4-5-4, 5-4-4), a weekday. */
export function YearEndFields({
  firstMonth,
  value,
  onChange,
  isDisabled,
}: {
  firstMonth: number;
  value: YearEnd;
  onChange(value: YearEnd): void;
  isDisabled: boolean;
}) {
  const [which, weekday] = value.split("_") as [Which, Weekday | "end"];
  const month = MONTHS[(firstMonth + 10) % 12];
  const day = weekday === "end" ? "saturday" : weekday;
  const choices = [
    { value: "month", label: `The last day of ${month}` },
    { value: "nearest", label: `Whole weeks: the weekday nearest to ${month}'s end` },
    { value: "last", label: `Whole weeks: the last such weekday of ${month}` },
  ] as const;
  return (
    <>
      <Select
        label="Ends on"
        isDisabled={isDisabled}
        note={
          which === "month"
            ? undefined
            : "Each quarter has 13 weeks, as 4-4-5, 4-5-4 and 5-4-4 cut it; a 53rd week is the last of the year"
        }
        choices={choices}
        value={which}
        onChange={(chosen) => onChange(chosen === "month" ? "month_end" : `${chosen}_${day}`)}
      />
      {which !== "month" && (
        <Select
          label="Its last weekday"
          isDisabled={isDisabled}
          choices={WEEKDAY_CHOICES}
          value={day}
          onChange={(chosen) => onChange(`${which}_${chosen}`)}
        />
      )}
    </>
  );
}
