import { expectAccessible, open, test } from "./browser";

const PAGES = ["/deals?scope=all", "/dashboard", "/import", "/settings/people", "/settings/audit"];

for (const theme of ["light", "dark"] as const) {
  for (const path of PAGES) {
    test(`${path} has no violation, ${theme}`, async ({ as }) => {
      const page = await as("leo");
      await open(page, path, theme);
      await expectAccessible(page);
    });
  }
}
