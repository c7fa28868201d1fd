import { expect, test } from "vitest";
import { payrollCsv } from "./compensation-csv";

const entry = { payeeId: "pam", line: "sourced" as const, dealId: "D-1", partnerId: "P-1", amount: 500_000 };

test("a payroll file has every line of every run and what is due, a clawback with its minus, no formula", async () => {
  const csv = await payrollCsv(
    {
      ...{ currency: "USD", frozen: true, earned: [], unassigned: 0, may: { pay: true } },
      payments: [
        {
          ...{ run: 1, paidOn: "2026-04-20", by: "Fay Chen", digest: "", verified: true, amount: 500_000 },
          entries: [entry],
        },
      ],
      due: [{ ...entry, amount: -500_000 }],
      payees: [{ id: "pam", name: "=Pam", earned: 0, paid: 500_000, due: -500_000 }],
      partners: { "P-1": "Northgate, Inc." },
    },
    "2026-Q1",
    {
      ...{ company: "Larkfield", asOf: "2026-04-10", policy: { hash: "ab12", signed: null }, seal: "cd34" },
      ...{ madeBy: "Fay Chen", madeOn: "2026-05-20" },
    },
  );
  expect(csv.trim().split("\n")).toEqual([
    "# Larkfield, compensation, quarter 2026-Q1; 2 rows; sum USD 0.00; as of 10 Apr 2026; unsigned policy ab12; seal cd34; made by Fay Chen on 20 May 2026",
    "quarter,run,paid_on,payee_id,payee,line,partner_id,partner,deal_id,amount,currency",
    `2026-Q1,1,2026-04-20,pam,'=Pam,sourced,P-1,"Northgate, Inc.",D-1,5000.00,USD`,
    `2026-Q1,,,pam,'=Pam,sourced,P-1,"Northgate, Inc.",D-1,-5000.00,USD`,
  ]);
});
