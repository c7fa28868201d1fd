/** What a link is, as far as its host and path tell. */
export type LinkKind = "calendar" | "call" | "mail" | "crm" | "document" | "chat";

/** What stands in a sentence for each. */
const KIND_WORDS: Readonly<Record<LinkKind, string>> = {
  calendar: "A calendar entry",
  call: "A recorded call or meeting",
  mail: "A mail",
  crm: "A record of the CRM",
  document: "A document",
  chat: "A conversation",
};

/** Hosts, the most telling first; a host counts for all below it, and a path narrows it. */
const HOSTS: readonly (readonly [host: string, kind: LinkKind, path?: RegExp])[] = [
  ["calendar.google.com", "calendar"],
  ["outlook.office.com", "calendar", /^\/calendar/],
  ["outlook.office365.com", "calendar", /^\/calendar/],
  ["outlook.live.com", "calendar", /^\/calendar/],
  ["calendly.com", "calendar"],
  ["cal.com", "calendar"],
  ["mail.google.com", "mail"],
  ["outlook.office.com", "mail"],
  ["outlook.office365.com", "mail"],
  ["outlook.live.com", "mail"],
  ["app.fastmail.com", "mail"],
  ["mail.proton.me", "mail"],
  ["app.frontapp.com", "mail"],
  ["app.missiveapp.com", "mail"],
  ["groups.google.com", "mail"],
  ["meet.google.com", "call"],
  ["zoom.us", "call"],
  ["teams.microsoft.com", "call", /meetup-join|\/meeting|recording/i],
  ["gong.io", "call"],
  ["chorus.ai", "call"],
  ["fireflies.ai", "call"],
  ["otter.ai", "call"],
  ["grain.com", "call"],
  ["fathom.video", "call"],
  ["loom.com", "call"],
  ["webex.com", "call"],
  ["avoma.com", "call"],
  ["salesforce.com", "crm"],
  ["lightning.force.com", "crm"],
  ["hubspot.com", "crm"],
  ["pipedrive.com", "crm"],
  ["dynamics.com", "crm"],
  ["crm.zoho.com", "crm"],
  ["crm.zoho.eu", "crm"],
  ["attio.com", "crm"],
  ["close.com", "crm"],
  ["copper.com", "crm"],
  ["crossbeam.com", "crm"],
  ["partnerstack.com", "crm"],
  ["impartner.com", "crm"],
  ["slack.com", "chat"],
  ["teams.microsoft.com", "chat"],
  ["discord.com", "chat"],
  ["docs.google.com", "document"],
  ["drive.google.com", "document"],
  ["sharepoint.com", "document"],
  ["onedrive.live.com", "document"],
  ["1drv.ms", "document"],
  ["notion.so", "document"],
  ["notion.site", "document"],
  ["dropbox.com", "document"],
  ["box.com", "document"],
  ["atlassian.net", "document", /^\/wiki/],
  ["coda.io", "document"],
  ["figma.com", "document"],
  ["miro.com", "document"],
  ["docsend.com", "document"],
];

/** A file at the end of a path says that it is a document, wherever it lies. */
const FILE = /\.(pdf|docx?|pptx?|xlsx?|odt|odp|ods|csv|txt|md|key|pages)$/i;
const MAIL = /\.(eml|msg)$/i;
const CALENDAR = /\.ics$/i;

/** What a link is, by its host; null when nothing tells, or when it is no link. */
export function linkKind(link: string): LinkKind | null {
  let url: URL;
  try {
    url = new URL(link);
  } catch {
    return null;
  }
  const host = url.hostname.toLowerCase();
  const known = HOSTS.find(
    ([name, , path]) =>
      (host === name || host.endsWith(`.${name}`)) && (path === undefined || path.test(url.pathname)),
  );
  if (known) return known[1];
  if (CALENDAR.test(url.pathname)) return "calendar";
  if (MAIL.test(url.pathname)) return "mail";
  return FILE.test(url.pathname) ? "document" : null;
}

/** What was recognised, in a sentence that also says where it leads. */
export function linkWords(link: string): string {
  const kind = linkKind(link);
  const host = URL.canParse(link) ? new URL(link).hostname.replace(/^www\./, "") : null;
  if (host === null) return "A link.";
  return kind === null ? `A link to ${host}.` : `${KIND_WORDS[kind]}, at ${host}.`;
}
