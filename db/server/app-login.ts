import { createHmac } from "node:crypto";
import postgres from "postgres";

const APP_ROLE = "countersign_app";
/** What the served app signs in as: it owns nothing, and can do nothing but take on the app's role. */
export const APP_LOGIN = "countersign_server";

/**
 * Makes that login on the built-in server, and gives its address. Its password follows from the owner's and is no way
 * back to it, so every start comes to the same. One start at a time (scripts/serve.ts).
 */
export async function appLogin(ownerUrl: string): Promise<string> {
  const url = new URL(ownerUrl);
  const password = createHmac("sha256", decodeURIComponent(url.password))
    .update(APP_LOGIN)
    .digest("base64url");
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const [known] = await sql`select from pg_roles where rolname = ${APP_LOGIN}`;
    await sql.unsafe(`${known ? "alter" : "create"} role ${APP_LOGIN} login noinherit nosuperuser nocreatedb nocreaterole
      noreplication nobypassrls password '${password}'; grant ${APP_ROLE} to ${APP_LOGIN}`);
  } finally {
    await sql.end();
  }
  url.username = APP_LOGIN;
  url.password = password;
  return url.href;
}
