/** Why somebody who came by single sign-on was not let in, as the sign-in page's address says it. */
export const SIGN_ON_REFUSALS = ["failed", "unverified", "unknown", "off", "no_role", "taken"] as const;
export type SignOnRefusal = (typeof SIGN_ON_REFUSALS)[number];

/** What whoever came reads. */
export const SIGN_ON_WORDS: Readonly<Record<SignOnRefusal, string>> = {
  failed:
    "Single sign-on did not work this time, and nobody was let in. Try again; if it goes on, an admin finds the reason in the audit log and can test the connection in Settings, Single sign-on.",
  unverified:
    "Your company’s sign-in did not say that your e-mail address is verified, so you were not let in. Have it verified there, then try again.",
  unknown:
    "Your company’s sign-in knows you, and nobody here is linked to you yet. An admin sees that you came, in Settings, Single sign-on, and can say who you are.",
  off: "Your access is switched off. An admin can switch it on again.",
  no_role: "None of the groups that you are in has a role here. An admin says which group is which role.",
  taken:
    "That person of your company’s sign-in is linked to somebody else here. An admin can take that link away, in Settings, Single sign-on.",
};

/** The words of a refusal that an address brings; of one that is none, those for any failure. */
export function signOnWords(refusal: string): string {
  const known: readonly string[] = SIGN_ON_REFUSALS;
  return SIGN_ON_WORDS[known.includes(refusal) ? (refusal as SignOnRefusal) : "failed"];
}
