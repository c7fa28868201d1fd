import { expect, test } from "vitest";
import { judgesInWords } from "./judges-in-words";

const from = "2027-04-01";
const none = { open: 62, closed: 0, closedSince: null, frozen: [] };

test.each<[string, Parameters<typeof judgesInWords>[0], string]>([
  [
    "what is open alone",
    none,
    "From 1 Apr 2027 on it judges the 62 deals open today, and none that is closed. What closed before stays judged as it is.",
  ],
  [
    "what it reaches back to",
    { ...none, closed: 1_240, closedSince: "2026-01-01" },
    "From 1 Apr 2027 on it judges the 62 deals open today and the 1,240 closed since 1 Jan 2026. What closed before stays judged as it is.",
  ],
  [
    "a frozen quarter on its way",
    { ...none, open: 1, closed: 9, closedSince: "2026-01-01", frozen: ["2026-Q2"] },
    "From 1 Apr 2027 on it judges the 1 deal open today and the 9 closed since 1 Jan 2026. What closed before stays judged as it is. 2026-Q2 is frozen and stays as sealed.",
  ],
  [
    "several",
    { ...none, closed: 9, closedSince: "2026-01-01", frozen: ["2026-Q1", "2026-Q2"] },
    "From 1 Apr 2027 on it judges the 62 deals open today and the 9 closed since 1 Jan 2026. What closed before stays judged as it is. 2026-Q1 and 2026-Q2 are frozen and stay as sealed.",
  ],
])("says %s", (_, judges, says) => {
  expect(judgesInWords(judges, from)).toBe(says);
});
