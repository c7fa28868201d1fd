import { createHash } from "node:crypto";
import type { Grade, Outcome } from "@/lib/attribution/vocabulary";
import { GRADE_WORDS, OUTCOME_WORDS } from "@/lib/attribution/words";

/** What the panel of a deal shows. */
export interface PanelOf {
  /** As people call the deal. */
  called: string;
  outcome: Outcome;
  evidence: Grade | null;
  verdict: string;
  partners: { name: string; outcome: Outcome; evidence: Grade | null; lines: string[] }[];
  /** What somebody is asked; empty when nothing is. */
  asked: string[];
  /** Its page here. */
  link: string;
}

/** The tokens of app/globals.css that it needs. */
const STYLE = `:root{color-scheme:light dark;font:14px/1.5 system-ui,sans-serif}
:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}
body{margin:0;padding:12px 16px;background:light-dark(#fff,#141716);color:light-dark(#181b19,#edf0ee)}
h1{margin:0;font-size:1rem;overflow-wrap:anywhere}h2{margin:12px 0 4px;font-size:.75rem;color:light-dark(#50565a,#aab2ae)}
p,ul{margin:4px 0;overflow-wrap:anywhere}ul{padding-left:20px}.grade{color:light-dark(#50565a,#aab2ae)}
a{color:light-dark(#0a5a3e,#84dcb5)}a:focus-visible{outline:2px solid;outline-offset:2px}`;

/** By which a Content-Security-Policy lets this style in and no other. */
export const PANEL_STYLE = `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;

/** Text that is safe in HTML as it stands: only `html` makes it. */
interface Html {
  readonly safe: string;
}

const ESCAPED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** HTML of which every hole is escaped. Next lets a route render no React into text. */
function html(parts: TemplateStringsArray, ...holes: readonly (string | Html | readonly Html[])[]): Html {
  const filled = holes.map((hole) => {
    if (typeof hole === "string") return hole.replace(/[&<>"']/g, (sign) => ESCAPED[sign]!);
    return [hole]
      .flat()
      .map(({ safe }) => safe)
      .join("");
  });
  return { safe: String.raw({ raw: parts }, ...filled) };
}

const NOTHING: Html = { safe: "" };

/** A page without a script or a picture: what a deal came to, for a frame in the CRM. */
export function panelPage(of: PanelOf, theme: string | null): string {
  const grade = (evidence: Grade | null) =>
    evidence ? html` <span class="grade">${GRADE_WORDS[evidence].label}</span>` : NOTHING;
  const lines = (texts: readonly string[]) => html`<ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>`;
  return page(
    theme,
    html`<h1>${OUTCOME_WORDS[of.outcome].label}${grade(of.evidence)}</h1>
<p>${of.verdict}</p>
${of.partners.map(
  ({ name, outcome, evidence, lines: said }) =>
    html`<h2>${name}: ${OUTCOME_WORDS[outcome].label}${grade(evidence)}</h2>${said.length > 0 ? lines(said) : NOTHING}`,
)}
${of.asked.length > 0 ? html`<h2>What is asked</h2>${lines(of.asked)}` : NOTHING}
<p><a href="${of.link}" target="_blank" rel="noopener noreferrer">Open ${of.called} in Countersign</a></p>`,
  );
}

/** What a link shows that opens nothing, whatever the reason. */
export const closedPanelPage = (theme: string | null): string =>
  page(
    theme,
    html`<h1>Nothing to show</h1><p>This link has run out, or was made for something else. Open the record again.</p>`,
  );

function page(theme: string | null, body: Html): string {
  const chosen = theme === "light" || theme === "dark" ? html` data-theme="${theme}"` : NOTHING;
  return html`<!doctype html>
<html lang="en"${chosen}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Countersign</title><style>${{ safe: STYLE }}</style></head>
<body><main aria-label="Countersign">${body}</main></body></html>`.safe;
}
