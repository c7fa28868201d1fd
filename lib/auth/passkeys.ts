import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import { refuse } from "../errors";
import { ownAddress } from "./single-sign-on";

/** What a browser's authenticator answers (WebAuthn Level 3): binary parts as base64url. */
const part = z.string().max(20_000);
const common = {
  id: z.string().min(1).max(1_400),
  rawId: part,
  type: z.literal("public-key"),
  clientExtensionResults: z.looseObject({}),
  authenticatorAttachment: z.string().max(40).optional(),
};
export const registrationShape = z.looseObject({
  ...common,
  response: z.looseObject({
    clientDataJSON: part,
    attestationObject: part,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
});
export const assertionShape = z.looseObject({
  ...common,
  response: z.looseObject({ clientDataJSON: part, authenticatorData: part, signature: part }),
});
export type Assertion = z.output<typeof assertionShape>;

/** A passkey as it is kept: the public half alone. */
export interface KeptPasskey {
  id: string;
  /** COSE, as base64url. */
  publicKey: string;
  counter: number;
  transports: string[];
}

/** Whom passkeys are made for: this app at its own address, and no other. */
function relyingParty(): { rpID: string; origin: string } {
  const address =
    ownAddress() ?? refuse("", null, "passkeys need NEXTAUTH_URL: they hold at one address alone");
  const { hostname, origin } = new URL(address);
  return { rpID: hostname, origin };
}

/** For how long an authenticator is waited for. */
const PATIENCE_MS = 4 * 60_000;
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));
const text = (data: Uint8Array) => Buffer.from(data).toString("base64url");

/** What a browser needs to make a passkey; those that the person has already make no second one. */
export function registrationOptions(
  challenge: string,
  person: { id: string; email: string; name: string },
  has: readonly Pick<KeptPasskey, "id">[],
) {
  return generateRegistrationOptions({
    ...{ rpID: relyingParty().rpID, rpName: "Countersign", timeout: PATIENCE_MS },
    ...{
      userID: new Uint8Array(Buffer.from(person.id)),
      userName: person.email,
      userDisplayName: person.name,
    },
    ...{
      challenge: bytes(challenge),
      attestationType: "none",
      excludeCredentials: has.map(({ id }) => ({ id })),
    },
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
  });
}

/** What a browser needs to have one of these passkeys answer. */
export function assertionOptions(challenge: string, of: readonly KeptPasskey[]) {
  return generateAuthenticationOptions({
    ...{ rpID: relyingParty().rpID, timeout: PATIENCE_MS, userVerification: "required" },
    challenge: bytes(challenge),
    allowCredentials: of.map(({ id, transports }) => ({ id, transports })),
  });
}

/** What was signed over: the challenge that the browser says it answers; empty where it says none. */
export function challengeIn({ response }: { response: { clientDataJSON: string } }): string {
  try {
    const said = JSON.parse(Buffer.from(response.clientDataJSON, "base64url").toString()) as object;
    return "challenge" in said && typeof said.challenge === "string" ? said.challenge : "";
  } catch {
    return "";
  }
}

/** A new passkey, verified: made for this address, over this challenge, by somebody whom the authenticator knew. */
export async function newPasskey(
  response: z.output<typeof registrationShape>,
  challenge: string,
): Promise<KeptPasskey> {
  const { rpID, origin } = relyingParty();
  const found = await verifyRegistrationResponse({
    response: response as never,
    ...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpID },
    requireUserVerification: true,
  }).catch(because);
  if (!found.verified) return refuse("response", null, "is no passkey that was made here");
  const { id, publicKey, counter } = found.registrationInfo.credential;
  return { id, publicKey: text(publicKey), counter, transports: response.response.transports ?? [] };
}

/** The passkey's counter after it answered, verified: for this address, over this challenge, by its owner's touch. */
export async function counterAfter(
  response: Assertion,
  challenge: string,
  { id, publicKey, counter, transports }: KeptPasskey,
): Promise<number> {
  const { rpID, origin } = relyingParty();
  const found = await verifyAuthenticationResponse({
    response: response as never,
    ...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpID },
    credential: { id, publicKey: bytes(publicKey), counter, transports },
    requireUserVerification: true,
  }).catch(because);
  if (!found.verified) return refuse("passkey", null, "did not sign this");
  return found.authenticationInfo.newCounter;
}

function because(error: unknown): never {
  const said = error instanceof Error ? error.message.split("\n")[0]!.slice(0, 200) : "no reason was given";
  return refuse("passkey", null, `was not taken: ${said}`);
}
