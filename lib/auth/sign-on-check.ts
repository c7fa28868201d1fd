import { discoveryOf, SIGN_ON_RETURN, SIGNED_OUT, SIGNED_WITH, type SignOnConfig } from "./single-sign-on";

/** One thing that was looked at, and what was found, as a sentence. */
export interface Looked {
  right: boolean;
  says: string;
}

const PATIENCE_MS = 10_000;

type Discovered = Readonly<Record<string, unknown>>;

/**
 * Asks the identity provider what can be asked without a person, and says in plain words what is wrong: whether it
 * answers, is who it should be, can what is needed, has keys, and knows the client and its secret. Stops at the first
 * thing without which the rest cannot be asked.
 *
 * @param address the app's own address, to which the provider sends people back
 */
export async function checkSignOn(config: SignOnConfig, address: string): Promise<Looked[]> {
  const found: Looked[] = [];
  const asked = await ask(discoveryOf(config.issuer));
  if (typeof asked === "string") return [wrong(`${config.issuer} ${asked}. Look at SSO_ISSUER.`)];
  const said = asked.body as Discovered;
  if (said.issuer !== config.issuer)
    return [
      wrong(
        `The provider at ${config.issuer} says that it is ${String(said.issuer)}: SSO_ISSUER must be that, letter for letter.`,
      ),
    ];
  found.push(right(`${config.issuer} answers, and is who it should be.`));
  const missing = ["authorization_endpoint", "token_endpoint", "jwks_uri"].filter(
    (name) => typeof said[name] !== "string",
  );
  if (missing.length > 0) return [...found, wrong(`It does not say its ${missing.join(", ")}.`)];
  found.push(...abilities(said, config), await keys(String(said.jwks_uri), config));
  found.push(await client(String(said.token_endpoint), config, address), signingOut(said, address));
  return found;
}

const right = (says: string): Looked => ({ right: true, says });
const wrong = (says: string): Looked => ({ right: false, says });

/** What it says that it cannot, of what is needed. A provider that does not say leaves it open. */
function abilities(said: Discovered, { algorithm }: SignOnConfig): Looked[] {
  const lacks = (name: string, needed: string) => Array.isArray(said[name]) && !said[name].includes(needed);
  const found: Looked[] = [];
  if (lacks("response_types_supported", "code"))
    found.push(wrong("It does not offer the authorization code flow, which is needed."));
  if (lacks("code_challenge_methods_supported", "S256"))
    found.push(wrong("It does not take PKCE with S256, which is needed."));
  if (lacks("id_token_signing_alg_values_supported", algorithm)) {
    const others = SIGNED_WITH.filter((one) => !lacks("id_token_signing_alg_values_supported", one));
    found.push(
      wrong(
        `It does not sign with ${algorithm}, which SSO_ALGORITHM asks for${others.length > 0 ? `; it does with ${others.join(" or ")}` : ""}.`,
      ),
    );
  }
  return found.length > 0 ? found : [right("It can what is needed: code, PKCE, signed tokens.")];
}

/** Said, and never wrong: not every provider has a session that an app may end. */
const signingOut = (said: Discovered, address: string): Looked =>
  right(
    typeof said.end_session_endpoint === "string"
      ? `Signing out here signs out there as well; it must be allowed to send people back to ${address}${SIGNED_OUT}.`
      : "It offers no way to sign out there: whoever signs out here stays signed in at it.",
  );

async function keys(address: string, { algorithm }: SignOnConfig): Promise<Looked> {
  const asked = await ask(address);
  if (typeof asked === "string") return wrong(`Its keys at ${address}: it ${asked}.`);
  const { keys } = asked.body as { keys?: { kty?: string }[] };
  const kind = algorithm === "ES256" ? "EC" : "RSA";
  const usable = Array.isArray(keys) && keys.some(({ kty }) => kty === kind);
  return usable
    ? right("It shows the keys that its tokens are signed with.")
    : wrong(`At ${address} there is no ${kind} key for ${algorithm}: no token of it could be verified.`);
}

/** Asks with a code that nobody was given: whoever knows the client refuses the code, and else the client. */
async function client(address: string, config: SignOnConfig, own: string): Promise<Looked> {
  const encoded = [config.clientId, config.clientSecret].map(encodeURIComponent).join(":");
  const asked = await ask(address, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      authorization: `Basic ${Buffer.from(encoded).toString("base64")}`,
    },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: "a-code-that-nobody-was-given",
      redirect_uri: own + SIGN_ON_RETURN,
      code_verifier: "a".repeat(43),
    }).toString(),
  });
  if (typeof asked === "string") return wrong(`It ${asked}, when asked with the client's id and secret.`);
  const { error } = asked.body as { error?: unknown };
  if (error === "invalid_grant") return right("It knows the client, and the secret is right.");
  if (error === "invalid_client")
    return wrong(
      "It does not know the client, or not with this secret: look at SSO_CLIENT_ID and SSO_CLIENT_SECRET.",
    );
  return wrong(
    `It takes the client, and refuses how it asks: ${String(error ?? asked.status)}. The client must be allowed the authorization code flow.`,
  );
}

/** What an address answers in JSON, or what went wrong, after "it". */
async function ask(
  address: string,
  how: RequestInit = {},
): Promise<{ status: number; body: object } | string> {
  let response: Response;
  try {
    response = await fetch(address, { ...how, redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    if ((error as Error).name === "TimeoutError")
      return `did not answer within ${PATIENCE_MS / 1000} seconds`;
    const { code, message } = (error as { cause?: { code?: string; message?: string } }).cause ?? {};
    return `cannot be reached (${code ?? message ?? (error as Error).message})`;
  }
  if (response.status >= 300 && !how.method) return `answers ${response.status}`;
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== "object" || body === null) return `answers ${response.status}, and no JSON`;
  return { status: response.status, body };
}
