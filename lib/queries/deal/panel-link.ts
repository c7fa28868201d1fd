import { sql } from "drizzle-orm";
import { z } from "zod";
import { signPanelLink } from "@/lib/auth/panel-links";
import { panelOrigins } from "@/lib/auth/panel-origins";
import { Refusal } from "@/lib/errors";
import { oneId } from "@/lib/interchange/ids";
import { panelPath } from "@/lib/text/addresses";
import { defineQuery } from "../query";
import { idShape } from "../shapes";
import { noDeal } from "./deal-facts";

/** Where a page of the CRM shows what a deal came to: a link for a frame, good for a quarter of an hour. */
export const panelLink = defineQuery({
  name: "panel-link",
  summary:
    "A signed link, good for fifteen minutes, by which a page of the CRM shows this deal's panel in a frame. Takes the CRM's own id.",
  fresh: true,
  scope: "gate",
  input: z.strictObject({ dealId: idShape }),
  output: z.object({ address: z.string(), until: z.iso.datetime() }),
  async run({ db }, { dealId }) {
    if (panelOrigins().length === 0)
      throw new Refusal({
        ...{ code: "invalid", field: "PANEL_ORIGINS", value: null },
        rule: "names no page that may show a deal's panel",
      });
    const [found] = await db.execute<{ id: string }>(sql`select id from deals where id = ${oneId(dealId)}`);
    if (!found) noDeal(dealId);
    const { word, until } = await signPanelLink(found.id, Date.now());
    const base = process.env.NEXTAUTH_URL || "http://localhost:3000";
    return { address: new URL(panelPath(found.id, word), base).href, until: new Date(until).toISOString() };
  },
});
