/** `wait`: what the server says of how long; the others have words of the page's own. */
export type Attempt = "in" | "refused" | "unreachable" | { wait: string };

/** Posts a form to next-auth with a fresh CSRF token, as its own client would, whose script is not needed. */
async function post(action: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  return fetch(`/api/auth/${action}`, {
    method: "POST",
    body: new URLSearchParams({ callbackUrl: "/sign-in", ...fields, csrfToken, json: "true" }),
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

/**
 * Leaves for the company's own sign-in, to come back to `callbackUrl`, a page of ours. False when the way there could
 * not be asked for; else the browser is on its way.
 */
export async function leaveForSignOn(callbackUrl: string): Promise<boolean> {
  for (let tries = 0; tries < 2; tries++) {
    const answer = await post("signin/sso", { callbackUrl }).catch(() => null);
    const { url } = ((await answer?.json().catch(() => null)) ?? {}) as { url?: string };
    if (!url) return false;
    // A stale CSRF cookie: one more try carries the fresh one.
    if (new URL(url, window.location.origin).searchParams.has("csrf")) continue;
    window.location.assign(url);
    return true;
  }
  return false;
}

/**
 * Signs out, and begins again at the sign-in page: nothing of the session may stay in memory. Whoever came by the
 * company's own sign-in passes there first, and is out of that as well.
 */
export async function signOut(): Promise<void> {
  const answer = await post("signout", {});
  const { there } = ((await answer.json().catch(() => null)) ?? {}) as { there?: string };
  window.location.assign(there ?? "/sign-in");
}
