import { expect, test } from "vitest";
import { type Evidence, evidenceLine } from "./evidence-line";

const EVIDENCE: Evidence = {
  ...{
    company: "Larkfield",
    asked: ["deals", "quarter 2026-Q1"],
    rows: 2,
    sum: "USD 12.50",
    asOf: "2026-03-31",
  },
  ...{ policy: { hash: "ab12", signed: { title: "Policy 2026" } }, seal: "cd34" },
  ...{ madeBy: "Fay Chen", madeOn: "2026-05-20" },
};

test("says what was asked, what it holds and what it stands on", () => {
  expect(evidenceLine(EVIDENCE)).toBe(
    "# Larkfield, deals, quarter 2026-Q1; 2 rows; sum USD 12.50; as of 31 Mar 2026; Policy 2026 ab12; seal cd34; made by Fay Chen on 20 May 2026\n",
  );
  expect(
    evidenceLine({ ...EVIDENCE, rows: 1, sum: null, seal: null, policy: { hash: "ab12", signed: null } }),
  ).toBe(
    "# Larkfield, deals, quarter 2026-Q1; 1 row; as of 31 Mar 2026; unsigned policy ab12; not sealed; made by Fay Chen on 20 May 2026\n",
  );
});

test("is one line, whatever a name holds", () => {
  expect(evidenceLine({ ...EVIDENCE, company: "Lark\r\nfield" }).indexOf("\n")).toBe(
    evidenceLine({ ...EVIDENCE, company: "Lark\r\nfield" }).length - 1,
  );
});
