// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import { JOB_WORDS } from "@/lib/text/job-words";
import { JobsSettings } from "./jobs-settings";

type Job = Outputs["jobsList"]["jobs"][number];

const [FIRST, SECOND] = Object.keys(JOB_WORDS) as [string, string];
const JOB: Job = {
  ...{ name: FIRST, endedAt: "2026-04-30T07:00:00Z", fails: false, runningSince: null },
  ...{ nextAt: "2026-05-01T07:00:00Z", failedAt: null, said: null },
};
const FAILING: Job = {
  ...{ ...JOB, name: SECOND, fails: true, failedAt: "2026-04-30T07:00:00Z" },
  said: "the mail server refused the sender",
};

function show(jobs: readonly Job[], role: "admin" | "auditor" | "ae", run: true | string = true) {
  return showOnPage(
    <JobsSettings />,
    { user: { id: "U-1", name: "Rita Moss", role, ownerName: null } },
    {
      "jobs-list": () => ({ jobs, may: { run } }),
      "run-job": () => ({ request: "r", answer: { name: SECOND } }),
    },
  );
}
const rowOf = async (name: string) =>
  within((await screen.findByText(JOB_WORDS[name]!.label)).closest("li") as HTMLElement);

test("what fails is said at the head and at its job, in its own words, and is tried again from there", async () => {
  const { asked } = show([JOB, FAILING], "admin");
  expect(await screen.findByRole("heading", { name: "1 job fails" })).toBeTruthy();
  const row = await rowOf(SECOND);
  expect(row.getByText("Failed")).toBeTruthy();
  expect(row.getByText("the mail server refused the sender")).toBeTruthy();
  expect((await rowOf(FIRST)).queryByText("Failed")).toBeNull();
  await userEvent.click(row.getByRole("button", { name: `Run again: ${JOB_WORDS[SECOND]!.label}` }));
  await waitFor(() =>
    expect(asked.filter(({ path }) => path.endsWith("run-job")).map(({ body }) => body)).toEqual([
      { name: SECOND },
    ]),
  );
});

test("one that failed and has worked since fails no more, and says so; one at work says since when", async () => {
  const since = { ...FAILING, fails: false, runningSince: "2026-04-30T09:00:00Z" };
  show([JOB, since], "admin");
  expect(await screen.findByRole("heading", { name: "Nothing fails" })).toBeTruthy();
  const row = await rowOf(SECOND);
  expect(row.getByText(/it has worked since/)).toBeTruthy();
  expect(row.getByText(/at work since/)).toBeTruthy();
});

test("an auditor reads it and runs nothing", async () => {
  show([JOB], "auditor", "Auditor may not run jobs");
  expect((await rowOf(FIRST)).getByRole("button").getAttribute("aria-disabled")).toBe("true");
});

test("an AE is told whose it is, and nothing is asked of the server", async () => {
  const { asked } = show([JOB], "ae");
  expect(await screen.findByText("For admins and auditors")).toBeTruthy();
  expect(asked).toEqual([]);
});
