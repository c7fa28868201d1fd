// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import { PartnerSettings } from "./partner-settings";

type Partner = Outputs["partnerPrograms"]["partners"][number];

const partner = (overrides: Partial<Partner> = {}): Partner => ({
  ...{ id: "P-1", name: "Hallmark", kind: "pe_vc", owner: "Ruth Ahn", demo: false, programs: [] },
  may: { grant: true },
  ...overrides,
});

function show(partners: Partner[]) {
  const answer = {
    listed: [{ name: "pe_vc_pricing", label: "PE / VC pricing" }],
    partners,
    count: partners.length,
  };
  return showOnPage(
    <PartnerSettings />,
    {},
    {
      "partner-programs": () => answer,
      "grant-program": () => ({ request: "R", answer: { partnerId: "P-1" } }),
      "end-program": () => ({ request: "R", answer: { partnerId: "P-1" } }),
    },
  );
}

const bodiesOf = (asked: readonly { path: string; body: unknown }[], verb: string) =>
  asked.filter(({ path }) => path === `/api/v1/${verb}`).map(({ body }) => body);

test("says of each program its days, who granted it, and whether it is over or to come", async () => {
  const by = { grantedBy: "Hope Ruiz" };
  show([
    partner({
      programs: [
        { name: "pe_vc_pricing", label: "PE / VC pricing", from: "2026-01-05", to: null, ...by },
        {
          name: "pe_vc_pricing",
          label: "PE / VC pricing",
          from: "2024-01-01",
          to: "2025-06-30",
          grantedBy: null,
        },
        { name: "launch", label: "launch", from: "2026-07-01", to: "2026-12-31", ...by },
      ],
    }),
    partner({ id: "P-2", name: "Orrin", owner: null }),
  ]);
  const lines = await screen.findAllByText(/taken in by|by an import/);
  expect(lines.map(({ parentElement }) => parentElement?.textContent)).toEqual([
    "PE / VC pricingsince 5 Jan 2026taken in by Hope RuizEnd",
    "PE / VC pricingover: 1 Jan 2024 – 30 Jun 2025by an import",
    "launchto come: 1 Jul 2026 – 31 Dec 2026taken in by Hope Ruiz",
  ]);
  expect(screen.getByText("in no program")).toBeTruthy();
  expect(document.body.textContent).not.toContain("pe_vc");
});

test("takes a partner into the listed program from today on", async () => {
  const { asked } = show([partner()]);
  await userEvent.click(await screen.findByRole("button", { name: "Take Hallmark into a program" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Take in" }));
  const sent = { partnerId: "P-1", name: "pe_vc_pricing", from: "2026-04-30", to: null };
  await waitFor(() => expect(bodiesOf(asked, "grant-program")).toEqual([sent]));
});

test("says the last day of a program, today or its first day at the earliest", async () => {
  const program = { name: "launch", label: "launch", from: "2026-07-01", to: null, grantedBy: null };
  const { asked } = show([partner({ programs: [program] })]);
  await userEvent.click(await screen.findByRole("button", { name: "End launch of Hallmark" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "End" }));
  const sent = { partnerId: "P-1", name: "launch", to: "2026-07-01" };
  await waitFor(() => expect(bodiesOf(asked, "end-program")).toEqual([sent]));
});

test("opens nothing for whoever looks after the partner", async () => {
  const grant = "You look after Hallmark: somebody else grants its programs";
  const program = { name: "launch", label: "launch", from: "2026-01-01", to: null, grantedBy: null };
  show([partner({ programs: [program], may: { grant } })]);
  for (const name of ["Take Hallmark into a program", "End launch of Hallmark"])
    await userEvent.click(await screen.findByRole("button", { name }));
  expect(screen.queryByRole("dialog")).toBeNull();
});
