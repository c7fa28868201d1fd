/** `wait`: what the server says of how long; the others have words of the page's own. */
export type Attempt = "in" | "refused" | "unreachable" | { wait: string };

/** Posts a form to next-auth with a fresh CSRF token, as its own client would, whose script is not needed. */
async function post(action: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  return fetch(`/api/auth/${action}`, {
    method: "POST",
    body: new URLSearchParams({ ...fields, csrfToken, json: "true", callbackUrl: "/sign-in" }),
  });
}

/**
 * Signs in. A stale CSRF cookie makes next-auth answer HTTP 200 with `csrf=true` in the address and
 * nobody signed in: that is a failure, and one more try carries the fresh cookie.
 */
export async function attemptSignIn(email: string, password: string): Promise<Attempt> {
  for (let tries = 0; tries < 2; tries++) {
    const answer = await post("callback/credentials", { email, password }).catch(() => null);
    if (!answer) return "unreachable";
    const { url, rule } = (await answer.json().catch(() => ({}))) as { url?: string; rule?: string };
    if (rule && (answer.status === 429 || answer.status === 503)) return { wait: rule };
    if (answer.status >= 500) return "unreachable";
    const said = url ? new URL(url, window.location.origin).searchParams : null;
    if (said?.has("error") || answer.status === 401) return "refused";
    if (!said?.has("csrf")) return answer.ok ? "in" : "unreachable";
  }
  return "unreachable";
}

/** Signs out, and begins again at the sign-in page: nothing of the session may stay in memory. */
export async function signOut(): Promise<void> {
  await post("signout", {});
  window.location.assign("/sign-in");
}
