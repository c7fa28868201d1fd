import { missingPhrase, nextStepSentence } from "@/lib/attribution/sentence";
import { namedGaps, verdictWords, waitsWords } from "@/lib/attribution/verdict";
import { DEAL_PANEL } from "@/lib/auth/actor";
import { opensPanel } from "@/lib/auth/panel-links";
import { panelOrigins } from "@/lib/auth/panel-origins";
import { closedPanelPage, PANEL_STYLE, type PanelOf, panelPage } from "@/lib/exports/deal-panel";
import { deal } from "@/lib/queries/deal/deal";
import { why } from "@/lib/queries/deal/why";
import { dealPath } from "@/lib/text/addresses";
import { capital } from "@/lib/text/words";
import { ask } from "./ask";
import { log } from "./log";
import { problemIn } from "./problems";

/**
 * The panel of one deal, as HTML for a frame in the CRM: by a link that was signed for it and has not run out. Any other
 * link shows nothing and says no more (404). Only pages of `PANEL_ORIGINS` may show it; it sets and reads no cookie.
 */
export async function answerPanel(request: Request, dealId: string): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const theme = searchParams.get("theme");
  const id = crypto.randomUUID();
  const origins = panelOrigins();
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": [
      ...["default-src 'none'", `style-src ${PANEL_STYLE}`, "base-uri 'none'", "form-action 'none'"],
      `frame-ancestors ${origins.join(" ") || "'none'"}`,
    ].join("; "),
    "referrer-policy": "no-referrer",
    "x-request-id": id,
  };
  const closed = () => new Response(closedPanelPage(theme), { status: 404, headers });
  const isOpen = origins.length > 0 && (await opensPanel(searchParams.get("link") ?? "", dealId, Date.now()));
  if (!isOpen) return closed();
  try {
    return new Response(panelPage(await shownOf(dealId), theme), { headers });
  } catch (error) {
    const { status, problem } = problemIn(error);
    if (status >= 500) log.error({ request: id, path: "panel", status, err: error }, problem.rule);
    return status >= 500 ? new Response(closedPanelPage(theme), { status, headers }) : closed();
  }
}

async function shownOf(dealId: string): Promise<PanelOf> {
  const [because, { deal: shown, roles }] = await Promise.all([
    ask(why, { dealId }, DEAL_PANEL),
    ask(deal, { dealId }, DEAL_PANEL),
  ]);
  const { result, names, policy } = because;
  const waits = waitsWords(shown, roles);
  const base = process.env.NEXTAUTH_URL || "http://localhost:3000";
  return {
    called: shown.name ?? shown.account ?? dealId,
    outcome: result.outcome,
    evidence: result.evidence,
    verdict: verdictWords(because, shown.noPartner),
    partners: result.partners.map(({ partnerId, outcome, evidence, missing, next }) => ({
      name: names.partners[partnerId] ?? partnerId,
      ...{ outcome, evidence },
      lines: [
        missing.length > 0 ? `${capital(missingPhrase(namedGaps(missing, names)))} would settle it.` : "",
        nextStepSentence(next, policy.document),
      ].filter(Boolean),
    })),
    asked: waits === null ? [] : [waits],
    link: new URL(dealPath(dealId), base).href,
  };
}
