/** Whether the browser came over https, as scripts/leash.mjs found. Then no cookie of ours travels without it. */
export const isSecure = (headers: Pick<Headers, "get">) => headers.get("x-forwarded-proto") === "https";

/**
 * A cookie's name as browsers keep it. Over https it begins with `__Host-`: they then take it from this very host
 * alone, over https, for all of its pages (RFC 6265bis, "The __Host- Prefix"), and another name is not read. So neither a neighbour
 * under the same domain nor whoever sits in a line without TLS can hand somebody a session, or a browser's name.
 */
export const cookieName = (name: string, secure: boolean) => (secure ? `__Host-${name}` : name);

/** What one cookie of a header `Cookie` holds, or undefined. */
export function cookieIn(headers: Pick<Headers, "get">, name: string): string | undefined {
  const wanted = cookieName(name, isSecure(headers));
  const pairs = (headers.get("cookie") ?? "").split("; ").map((pair) => pair.split("="));
  return pairs.find(([key]) => key === wanted)?.[1];
}

/** The header `Set-Cookie` of one that no script reads and no other site sends along. */
export function cookieOf(name: string, value: string, seconds: number, secure: boolean): string {
  const parts = [`${cookieName(name, secure)}=${value}`, "Path=/", `Max-Age=${seconds}`, "HttpOnly"];
  return [...parts, "SameSite=Lax", ...(secure ? ["Secure"] : [])].join("; ");
}
