import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { answer } from "../query";
import { observations } from "./observations";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const look = () =>
  answer(observations, {}, { db: company.client.db, actor: company.actor("ana"), today: TODAY });

test("nothing is observed of a company without deals", async () => {
  expect(await look()).toEqual({ missing: { n: 0, fields: [] }, alike: [], faster: [] });
});

test("what open deals lack is counted, and a deal whose like had partners is named with their number", async () => {
  const of = company;
  for (let nth = 0; nth < 5; nth++) {
    const dealId = await of.deal({ account: `Customer ${nth}`, createdOn: "2026-04-01" });
    if (nth < 3)
      await of.as("ana", tagPartner, {
        ...{ dealId, partnerId: "P-1", role: "sourcer", touchStage: 1, touchedOn: "2026-04-01" },
      });
    else await of.as("ana", confirmNoPartner, { dealId });
    await of.as("ana", closeDeal, { dealId, outcome: "won", closedOn: TODAY });
  }
  const open = await of.deal({ account: "Open one" });
  const large = await of.deal({ account: "Large one", amount: 900_000_000 });
  const seen = await look();
  expect(seen.missing).toMatchObject({
    n: 2,
    fields: expect.arrayContaining([{ field: "close_day", deals: 2 }]),
  });
  // The large one is in another band, in which nothing closed.
  expect(seen.alike).toEqual([{ deal: { id: open, name: "Open one" }, n: 5, tagged: 3 }]);
  expect(large).not.toBe(open);
});
