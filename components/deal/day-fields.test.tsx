// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import { CloseDialog } from "./close-dialog";

/** The clock of the browser, the company's zone, and the day that the server says it is there. */
const MOMENTS = [
  ["16:59 in Los Angeles", "America/Los_Angeles", "2026-03-31T23:59:00Z", "2026-03-31"],
  ["17:01 in Los Angeles", "America/Los_Angeles", "2026-04-01T00:01:00Z", "2026-03-31"],
  ["08:00 in Sydney", "Australia/Sydney", "2026-03-31T21:00:00Z", "2026-04-01"],
  ["17:01 on the day Los Angeles goes forward", "America/Los_Angeles", "2026-03-09T00:01:00Z", "2026-03-08"],
  ["08:00 on the day Sydney goes back", "Australia/Sydney", "2026-04-04T22:00:00Z", "2026-04-05"],
] as const;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const DEAL = {
  deal: {
    ...{ id: "D-1", account: "Larkfield", version: 3, createdOn: "2026-01-10" },
    attributionConfirmed: true,
  },
  may: { closeWon: true, closeLost: true },
  ...{ roles: [], timeline: [] },
} as unknown as Outputs["deal"];

describe("a day field", () => {
  test.each(MOMENTS)(
    "at %s offers the company's today and nothing after it",
    async (_, timeZone, now, today) => {
      vi.setSystemTime(new Date(now));
      showOnPage(<CloseDialog answer={DEAL} as="lost" onTag={() => {}} onClose={() => {}} />, {
        timeZone,
        today,
      });
      const field = (await screen.findByLabelText("Close day")) as HTMLInputElement;
      expect([field.value, field.min, field.max]).toEqual([today, "2026-01-10", today]);
    },
  );
});
