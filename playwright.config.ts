import { execFileSync } from "node:child_process";
import { defineConfig, devices } from "@playwright/test";

// Workers inherit what the first process found.
process.env.CHROMIUM_PATH ??= execFileSync(process.execPath, ["scripts/chromium.mjs"], {
  encoding: "utf8",
}).trim();

/** Browser journeys on the production build, over a fresh database with the demo story (e2e/start-app.ts). */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/start-app.ts",
  fullyParallel: false,
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env.BASE_URL,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
