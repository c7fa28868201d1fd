import type { BrowserContext } from "@playwright/test";

/** Gives a context the session of a person, as the sign-in page's form would. */
export async function enter(
  context: BrowserContext,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const csrf = await context.request.get("/api/auth/csrf");
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await context.request.post("/api/auth/callback/credentials", {
    form: { csrfToken, email, password, json: "true", callbackUrl: "/" },
  });
  const { url } = (await answer.json()) as { url: string };
  if (!answer.ok() || /csrf|error/.test(url)) throw new Error(`${email} could not sign in: ${url}`);
}
