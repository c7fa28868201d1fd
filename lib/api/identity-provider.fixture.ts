import { generateKeyPairSync, randomUUID } from "node:crypto";
import {
  request as ask,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { decodeJwt, importJWK, type JWK, SignJWT } from "jose";
import { Provider } from "oidc-provider";
import type { SignedWith } from "@/lib/auth/single-sign-on";

/** What the provider says of somebody, beside who they are. */
export type Said = Readonly<Record<string, unknown>>;

/** What a hostile provider, or whoever sits before it, makes of what is true; each is left out where it is honest. */
export interface Hostile {
  /** Claims of the signed token, said otherwise. */
  claims?: Said;
  /** The token signed by this key, or by none. */
  signedBy?: JWK | "nobody";
  /** What it says of itself, said otherwise. */
  discovery?: Said;
}

export const CLIENT = { id: "countersign", secret: "a secret of the client's own" };

/** A new key pair for an algorithm as a JSON Web Key. */
export function newKey(alg: SignedWith = "RS256"): JWK {
  const { privateKey } =
    alg === "ES256"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...(privateKey.export({ format: "jwk" }) as JWK), kid: randomUUID(), alg, use: "sig" };
}

/**
 * oidc-provider on loopback, behind whoever may change what it says. People are whoever `who` names: it asks for no
 * password.
 */
export class IdentityProvider {
  readonly people = new Map<string, Said>();
  who = "";
  hostile: Hostile = {};
  key = newKey();
  #honest: Server | null = null;
  #before: Server | null = null;

  private constructor(private readonly returnsTo: string) {}

  static async open(returnsTo: string): Promise<IdentityProvider> {
    const made = new IdentityProvider(returnsTo);
    made.#before = createServer((request, response) => void made.#pass(request, response));
    made.#before.keepAliveTimeout = 120_000;
    await listening(made.#before);
    await made.#serve();
    return made;
  }

  get issuer(): string {
    return `http://127.0.0.1:${portOf(this.#before!)}`;
  }

  /** Signs with a new key from now on; the old one is shown no more. Answers the old one. */
  async rotate(alg?: SignedWith): Promise<JWK> {
    const old = this.key;
    this.key = newKey(alg);
    await this.#serve();
    return old;
  }

  async close(): Promise<void> {
    for (const server of [this.#before, this.#honest]) {
      server?.closeAllConnections();
      await new Promise((done) => server?.close(done));
    }
  }

  async #serve(): Promise<void> {
    const former = this.#honest;
    const provider = this.#provider();
    const answer = provider.callback();
    this.#honest = createServer((request, response) => {
      if (!request.url?.startsWith("/interaction/")) return answer(request, response);
      void provider.interactionFinished(request, response, { login: { accountId: this.who } });
    });
    await listening(this.#honest);
    former?.closeAllConnections();
    former?.close();
  }

  #provider(): Provider {
    const provider = new Provider(this.issuer, {
      clients: [
        {
          ...{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [this.returnsTo] },
          post_logout_redirect_uris: [new URL("/sign-in", this.returnsTo).href],
          id_token_signed_response_alg: this.key.alg as SignedWith,
        },
      ],
      enabledJWA: { idTokenSigningAlgValues: [this.key.alg as SignedWith] },
      jwks: { keys: [this.key as never] },
      cookies: { keys: ["of the provider alone"] },
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      conformIdTokenClaims: false,
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({ sub: id, ...this.people.get(id) }),
      }),
      async loadExistingGrant({ oidc }) {
        const grant = new oidc.provider.Grant({
          clientId: oidc.client!.clientId,
          accountId: oidc.session!.accountId!,
        });
        grant.addOIDCScope("openid email profile");
        await grant.save();
        return grant;
      },
    });
    return provider;
  }

  /** Hands a request on as it came, and what is answered back as the hostile one has it. */
  #pass(request: IncomingMessage, response: ServerResponse): void {
    const { url, method, headers } = request;
    const on = ask(
      { host: "127.0.0.1", port: portOf(this.#honest!), path: url, method, headers },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", async () => {
          const body = await this.#changed(url ?? "", Buffer.concat(parts).toString());
          const { "content-length": _, "transfer-encoding": __, ...kept } = answer.headers;
          response.writeHead(answer.statusCode ?? 500, kept).end(body);
        });
      },
    );
    request.pipe(on);
  }

  async #changed(url: string, body: string): Promise<string> {
    const { claims, signedBy, discovery } = this.hostile;
    if (url.startsWith("/.well-known/") && discovery)
      return JSON.stringify({ ...(JSON.parse(body) as object), ...discovery });
    if (!url.startsWith("/token") || !(claims || signedBy)) return body;
    const tokens = JSON.parse(body) as { id_token?: string };
    if (!tokens.id_token) return body;
    const said = { ...decodeJwt(tokens.id_token), ...claims };
    return JSON.stringify({ ...tokens, id_token: await signed(said, signedBy ?? this.key) });
  }
}

async function signed(claims: Said, by: JWK | "nobody"): Promise<string> {
  if (by === "nobody") {
    const part = (said: object) => Buffer.from(JSON.stringify(said)).toString("base64url");
    return `${part({ alg: "none" })}.${part(claims)}.`;
  }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: by.alg as string, kid: by.kid })
    .sign(await importJWK(by));
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const listening = (server: Server) => new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
