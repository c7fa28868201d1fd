/** The page of a link for setting a password; what stands behind the `#` is sent to no server and kept in no log. */
/** Where a partner sees its statement; the token is behind the sign, where no log keeps it. */
export const statementPath = (token: string): string => `/statement#${token}`;
export const setPasswordPath = (token: string): string => `/set-password#${token}`;

/** A page of this application that somebody wanted before they signed in, or null: nothing that leads elsewhere. */
export function pageWanted(to: string | null | undefined): string | null {
  return to && /^\/(?![/\\])/.test(to) && !/^\/(sign-in|set-password|api)\b/.test(to) ? to : null;
}

/** A deal's page. */
export const dealPath = (dealId: string): string => `/deals/${encodeURIComponent(dealId)}`;

/** A deal's panel for a frame in the CRM, by its link's word. */
export const panelPath = (dealId: string, word: string): string =>
  `/panel/${encodeURIComponent(dealId)}?link=${encodeURIComponent(word)}`;
