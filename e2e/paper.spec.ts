import { expect, open, test } from "./browser";

/** What a CFO takes to a meeting on paper, and on how many sheets of either size at most. */
const SHEETS: readonly (readonly [path: string, most: number])[] = [
  ["/dashboard", 1],
  ["/attached", 2],
  ["/forecast", 2],
  // With the runs and statements that other journeys leave there.
  ["/settings/compensation", 2],
];

for (const [path, most] of SHEETS)
  test(`${path} is on ${most === 1 ? "one sheet" : `${most} sheets`} of A4 and of Letter, without its commands`, async ({
    as,
  }) => {
    const page = await as("ruth");
    await open(page, path);
    await page.waitForLoadState("networkidle");
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    for (const format of ["A4", "Letter"]) {
      const pdf = (await page.pdf({ format })).toString("latin1");
      expect((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length, format).toBeLessThanOrEqual(most);
    }
    await page.emulateMedia({ media: "print" });
    await expect(
      page.getByRole("main").getByRole("button", { name: /^(Draft a plan|Payroll CSV|Pay)$/ }),
    ).toHaveCount(0);
  });
