import { expect, test } from "vitest";
import { addUnmapped, MOST_UNMAPPED, unmappedIn, unmappedRule } from "./unmapped";

const row = (value: string, reason = unmappedRule("Stage (now)")) => ({
  line: 2,
  field: "stage",
  value,
  reason,
});

test("counts what waits for a translation, and nothing that is refused for another reason", () => {
  const rows = [row("Legal"), row("Pilot"), row("Pilot"), row("12.5.", "is not a day written DD.MM.YYYY")];
  expect(unmappedIn(rows)).toEqual([
    { field: "stage", value: "Pilot", rows: 2 },
    { field: "stage", value: "Legal", rows: 1 },
  ]);
});

test("batches add up to their file, of which so many values are remembered", () => {
  const pilot = { field: "stage", value: "Pilot", rows: 2 };
  expect(
    addUnmapped(
      [pilot],
      [
        { ...pilot, rows: 3 },
        { ...pilot, field: "outcome" },
      ],
    ),
  ).toEqual([
    { ...pilot, rows: 5 },
    { ...pilot, field: "outcome", rows: 2 },
  ]);
  const many = Array.from({ length: 150 }, (_, at) => ({ field: "stage", value: `S-${at}`, rows: at }));
  expect(addUnmapped([], many)).toHaveLength(MOST_UNMAPPED);
  expect(addUnmapped([], many)[0]).toMatchObject({ rows: 149 });
});
