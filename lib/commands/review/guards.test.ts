import { expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { maySay } from "../guard";
import { mayStartReview, type OfQuarter } from "./guards";

const ruth: Actor = {
  ...{ id: "user:U-1", userId: "U-1", name: "Ruth", role: "finance", ownerName: null, ownPassword: true },
};
const quarter = { label: "2026-Q1", from: "2026-01-01", to: "2026-03-31" };

test.each<[OfQuarter["state"], true | string]>([
  ["not_begun", "2026-Q1 has not begun: it begins on 1 Jan 2026"],
  ["under_way", "2026-Q1 is not over: it ends on 31 Mar 2026"],
  ["over", true],
  ["frozen", expect.stringContaining("2026-Q1 is frozen") as unknown as string],
])("a review of a quarter that is %s", (state, said) => {
  expect(maySay(mayStartReview, ruth, { quarter, state })).toEqual(said);
});
