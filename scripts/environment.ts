import { isIP } from "node:net";
import { z } from "zod";
import { ON_PURPOSE } from "@/lib/auth/exposure";
import { parsePanelOrigins } from "@/lib/auth/panel-origins";
import { parseSecretKeys } from "@/lib/auth/sealed-secrets";
import { checkSecret, SECRET_MIN } from "@/lib/auth/secret";
import { parseSigningKeys } from "@/lib/auth/signing-keys";
import { SIGNED_WITH } from "@/lib/auth/single-sign-on";
import { witnessAt } from "@/lib/jobs/witness-audit-head";

/** What a text must be, in words that follow the variable's name. */
const is = (rule: string, holds: (text: string) => boolean) => z.string().refine(holds, rule);

const isAddress = (text: string, ...protocols: string[]) =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1));
const doesNotThrow = (work: () => unknown) => {
  try {
    work();
    return true;
  } catch {
    return false;
  }
};

const oneOf = (...words: string[]) => is(`is one of ${words.join(", ")}`, (text) => words.includes(text));

const port = is("is a port, from 1 to 65535", (text) => /^\d{1,5}$/.test(text) && +text > 0 && +text < 65536);
const database = is("is an address as postgres://USER:PASSWORD@HOST:5432/NAME", (text) =>
  isAddress(text, "postgres", "postgresql"),
);
const web = is("is an address as https://countersign.company.example", (text) =>
  isAddress(text, "https", "http"),
);
/** Whoever could stand between us and an identity provider could be anybody. */
const isIssuer = (text: string) =>
  isAddress(text, "https") ||
  (isAddress(text, "http") && ["localhost", "127.0.0.1", "[::1]"].includes(new URL(text).hostname));
const secret = is("is at least 32 random characters (openssl rand -base64 33)", (text) =>
  doesNotThrow(() => checkSecret(text)),
);

/**
 * Every variable that the product reads of its environment, and what it must be. One that is empty counts as not
 * set. What each does says docs/operations.md, whose table a test holds against this.
 */
export const VARIABLES = {
  PORT: port,
  HOST: is("is an IP address, as 127.0.0.1 or 0.0.0.0", (text) => text === "localhost" || isIP(text) > 0),
  DEMO_ON_PURPOSE: is(`is "${ON_PURPOSE}", word for word`, (text) => text === ON_PURPOSE),
  BEHIND_PROXY: is("is yes, or not set", (text) => text === "yes" || text === "no"),
  DATABASE_URL: database,
  DATABASE_APP_URL: database,
  DATABASE_READ_URL: database,
  DATA_DIR: z.string(),
  NEXTAUTH_SECRET: secret,
  SIGNING_KEYS: is("is a JSON list of signing keys (docs/operations.md)", (text) =>
    doesNotThrow(() => parseSigningKeys(text)),
  ),
  GATE_TOKEN: secret,
  SECRET_KEYS: is("is a JSON list of keys of 32 bytes in base64url", (text) =>
    doesNotThrow(() => parseSecretKeys(text)),
  ),
  NEXTAUTH_URL: web,
  SSO_ISSUER: is(
    "is the identity provider's issuer, an https address (http on this machine alone)",
    isIssuer,
  ),
  SSO_CLIENT_ID: z.string(),
  SSO_CLIENT_SECRET: z.string(),
  SSO_SCOPES: is("is a list of scopes with openid in it, as openid email profile", (text) =>
    text.split(" ").includes("openid"),
  ),
  SSO_ALGORITHM: oneOf(...SIGNED_WITH),
  SMTP_URL: is("is an address as smtps://USER:PASSWORD@HOST:465", (text) => isAddress(text, "smtp", "smtps")),
  MAIL_FROM: is("is whom mails are from, as Countersign <sign@company.example>", (text) =>
    /\S@\S/.test(text),
  ),
  PANEL_ORIGINS: is(
    "is a list of origins, as https://*.lightning.force.com https://app.hubspot.com",
    (text) => doesNotThrow(() => parsePanelOrigins(text)),
  ),
  EVIDENCE_TOKEN: is(`is ${SECRET_MIN} characters or more`, (text) => text.length >= SECRET_MIN),
  METRICS_TOKEN: is(`is ${SECRET_MIN} characters or more`, (text) => text.length >= SECRET_MIN),
  MODEL_TO_PRIVATE: is("is allow, or not set", (text) => text === "allow"),
  WEBHOOKS_TO_PRIVATE: is("is allow, or not set", (text) => text === "allow"),
  CONNECTION_PATIENCE_MS: is("is a number of milliseconds", (text) => /^[1-9]\d{0,8}$/.test(text)),
  AUDIT_WITNESS_URL: is("is an https address", (text) => doesNotThrow(() => witnessAt(text))),
  OTEL_EXPORTER_OTLP_ENDPOINT: web,
  LOG_LEVEL: oneOf("trace", "debug", "info", "warn", "error", "fatal", "silent"),
  TZ: is("is a time zone, as Europe/Berlin", (text) =>
    doesNotThrow(() => new Intl.DateTimeFormat("en", { timeZone: text.replace(/^:/, "") })),
  ),
  DEMO: is("is off, or not set", (text) => text === "off" || text === "on"),
} as const satisfies Record<string, z.ZodType<string>>;

type Name = keyof typeof VARIABLES;

/** What holds of two of them together: the one, the other that it needs, and why. */
const NEEDS: readonly [Name, Name, string][] = [
  ["DATABASE_APP_URL", "DATABASE_URL", "the built-in database makes its own login"],
  ["DATABASE_READ_URL", "DATABASE_URL", "a replica is one of a database of your own"],
  ["SMTP_URL", "MAIL_FROM", "a mail is from somebody"],
  ["SSO_ISSUER", "SSO_CLIENT_ID", "the provider asks which application it is"],
  ["SSO_ISSUER", "SSO_CLIENT_SECRET", "the provider asks whether it is really this application"],
  ["SSO_CLIENT_ID", "SSO_ISSUER", "it is the client of a provider"],
  ["SSO_ALGORITHM", "SSO_ISSUER", "it is what a provider signs with"],
  ["SSO_CLIENT_SECRET", "SSO_ISSUER", "it is the secret of a provider's client"],
  ["MAIL_FROM", "SMTP_URL", "no mail leaves without a server"],
];

/** What may be shown of a value that was refused: these hold no secret. */
const PLAIN: ReadonlySet<string> = new Set<Name>(["PORT", "HOST", "BEHIND_PROXY", "LOG_LEVEL", "TZ", "DEMO"]);

/** What is wrong with an environment, a sentence a variable; nothing when nothing is. */
export function environmentFaults(env: Readonly<Record<string, string | undefined>>): string[] {
  const faults: string[] = [];
  for (const [name, shape] of Object.entries(VARIABLES)) {
    const value = env[name];
    if (!value) continue;
    const { error } = shape.safeParse(value);
    if (!error) continue;
    faults.push(
      `${name} ${error.issues[0]?.message}${PLAIN.has(name) ? `, and not ${JSON.stringify(value)}` : ""}`,
    );
  }
  for (const [name, other, why] of NEEDS)
    if (env[name] && !env[other]) faults.push(`${name} is set without ${other}: ${why}`);
  return faults;
}

/** @throws Error with every fault, before anything is started */
export function mustBeSaidRight(env: Readonly<Record<string, string | undefined>>): void {
  const faults = environmentFaults(env);
  if (faults.length === 0) return;
  const lines = ["The environment is not what it must be:", ...faults.map((fault) => `  ${fault}`)];
  throw new Error([...lines, "See docs/operations.md for what each does."].join("\n"));
}
