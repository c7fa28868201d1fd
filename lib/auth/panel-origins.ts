/** An origin as a frame's ancestors are named (Content Security Policy, frame-ancestors): a host, or all below one, with its scheme. */
const ORIGIN = /^https?:\/\/(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::(?:\d{1,5}|\*))?$/i;

/** @throws Error when one of them is no origin */
export function parsePanelOrigins(text: string): string[] {
  const origins = text.split(/\s+/).filter(Boolean);
  const wrong = origins.find((one) => !ORIGIN.test(one));
  if (wrong) throw new Error(`PANEL_ORIGINS: ${wrong} is no origin, as https://*.lightning.force.com`);
  return origins;
}

/** The pages that may show a deal's panel, from `PANEL_ORIGINS`; without one nothing may. */
export const panelOrigins = (): string[] => parsePanelOrigins(process.env.PANEL_ORIGINS ?? "");
