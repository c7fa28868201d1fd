import fc from "fast-check";
import { expect, test } from "vitest";
import { isAnswered, statusOf } from "@/lib/metrics/deal-status";
import { mayCloseDeal } from "./guards";

const row = fc.record({ confirmedOn: fc.constantFrom(null, "2026-03-01") });
const standing = fc.record({
  outcome: fc.constantFrom("open", "won", "lost"),
  disputed: fc.boolean(),
  rows: fc.array(row, { maxLength: 3 }),
  noPartner: fc.boolean(),
});

test("a deal is answered exactly when the close as won would let it pass", () => {
  fc.assert(
    fc.property(standing, ({ rows, noPartner, ...rest }) => {
      const asked = {
        deal: { owner: "Ann", outcome: "open" as const, closedOn: null },
        ...{ rows, noPartnerOn: noPartner ? "2026-03-01" : null, as: "won" as const },
      };
      expect(isAnswered(statusOf({ ...rest, rows, noPartner }))).toBe(mayCloseDeal.when?.(asked) === true);
    }),
  );
});
