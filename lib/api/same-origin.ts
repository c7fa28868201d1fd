/**
 * Whether a browser's request comes from our own pages. The session is a cookie, which a browser also
 * sends along for strangers' pages; so a write needs the browser's word for where it comes from.
 * `Sec-Fetch-Site` cannot be set by a page; `Origin` stands in for browsers without it. Neither is sent
 * by programs, which hold no cookie but one they were given on purpose.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = request.headers.get("origin");
  if (origin === null) return true;
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  return URL.canParse(origin) && new URL(origin).host === (host ?? new URL(request.url).host);
}
