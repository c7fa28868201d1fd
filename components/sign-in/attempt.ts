"use client";

import { signIn } from "next-auth/react";

export type Attempt = "in" | "refused" | "unreachable";

/**
 * Signs in. A stale CSRF cookie makes next-auth answer HTTP 200 with `csrf=true` in the address and
 * nobody signed in: that is a failure, and one more try carries the fresh cookie.
 */
export async function attemptSignIn(email: string, password: string): Promise<Attempt> {
  for (let tries = 0; tries < 2; tries++) {
    const answer = await signIn("credentials", { email, password, redirect: false }).catch(() => undefined);
    if (!answer) return "unreachable";
    if (answer.error) return answer.status >= 500 ? "unreachable" : "refused";
    if (!answer.url?.includes("csrf=true")) return answer.ok ? "in" : "unreachable";
  }
  return "unreachable";
}
